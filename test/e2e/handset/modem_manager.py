#!/usr/bin/python3
"""Stands in for ModemManager on a private system bus, so that Debian's mmsd-tng finds a handset's modem:
one registered modem with one connected bearer on the loopback interface. Prints "ready" when it owns its name.

usage: modem_manager.py OWN_NUMBER
"""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

MM = "org.freedesktop.ModemManager1"
ROOT = "/org/freedesktop/ModemManager1"
MODEM = ROOT + "/Modem/0"
SIM = ROOT + "/SIM/0"
BEARER = ROOT + "/Bearer/0"
PROPERTIES = "org.freedesktop.DBus.Properties"
UINT32, STRING, BOOLEAN, PATH = dbus.UInt32, dbus.String, dbus.Boolean, dbus.ObjectPath


def uint32s(*values):
    return dbus.Array([UINT32(value) for value in values], signature="u")


def struct(signature, *values):
    return dbus.Struct(values, signature=signature)


def modem_properties(own_number):
    """What mmsd-tng reads of a modem: it must look registered (state 11 is connected) and have a bearer."""
    return {
        MM + ".Modem": {
            "Sim": PATH(SIM),
            "Bearers": dbus.Array([PATH(BEARER)], signature="o"),
            "State": dbus.Int32(11),
            "OwnNumbers": dbus.Array([own_number], signature="s"),
            "PowerState": UINT32(3),
            "SignalQuality": struct("ub", UINT32(80), BOOLEAN(True)),
            "AccessTechnologies": UINT32(0x4000),
            "CurrentCapabilities": UINT32(8),
            "CurrentModes": struct("uu", UINT32(8), UINT32(0)),
            "SupportedIpFamilies": UINT32(3),
            "EquipmentIdentifier": STRING("490154203237518"),
            "DeviceIdentifier": STRING("stand-in"),
            "Device": STRING("/sys/stand-in"),
            "Manufacturer": STRING("Stand-in"),
            "Model": STRING("Stand-in"),
            "Revision": STRING("1"),
            "Plugin": STRING("stand-in"),
            "Drivers": dbus.Array(["stand-in"], signature="s"),
            "PrimaryPort": STRING("lo"),
            "Ports": dbus.Array([struct("su", STRING("lo"), UINT32(2))], signature="(su)"),
            "UnlockRequired": UINT32(1),
        },
        MM + ".Modem.Messaging": {
            "Messages": dbus.Array([], signature="o"),
            "SupportedStorages": uint32s(),
            "DefaultStorage": UINT32(2),
        },
        MM + ".Modem.Modem3gpp": {
            "Imei": STRING("490154203237518"),
            "RegistrationState": UINT32(1),
            "OperatorCode": STRING("310260"),
            "OperatorName": STRING("Test"),
        },
        MM + ".Modem.Simple": {},
    }


def properties(own_number):
    """Every object's properties, by path and interface."""
    return {
        ROOT: {MM: {"Version": STRING("1.20.4")}},
        MODEM: modem_properties(own_number),
        SIM: {
            MM + ".Sim": {
                "Active": BOOLEAN(True),
                "SimIdentifier": STRING("8901"),
                "Imsi": STRING("310260123456789"),
                "OperatorIdentifier": STRING("310260"),
                "OperatorName": STRING("Test"),
            }
        },
        BEARER: {
            MM + ".Bearer": {
                "Interface": STRING("lo"),
                "Connected": BOOLEAN(True),
                "Suspended": BOOLEAN(False),
                "Multiplexed": BOOLEAN(False),
                "Ip4Config": dbus.Dictionary(
                    {"method": UINT32(2), "address": STRING("127.0.0.1"), "prefix": UINT32(8), "dns1": STRING("127.0.0.1")},
                    signature="sv",
                ),
                "Ip6Config": dbus.Dictionary({"method": UINT32(0)}, signature="sv"),
                "IpTimeout": UINT32(20),
                "BearerType": UINT32(1),
                "Properties": dbus.Dictionary({"apn": STRING("mms.test"), "ip-type": UINT32(1)}, signature="sv"),
            }
        },
    }


class Exported(dbus.service.Object):
    """An object whose properties can be read."""

    def __init__(self, bus, path, interfaces):
        super().__init__(bus, path)
        self.interfaces = interfaces

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return dbus.Dictionary(self.interfaces.get(interface, {}), signature="sv")

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.interfaces[interface][name]


class Root(Exported):
    """The object manager, which lists the modem."""

    modem = {}

    @dbus.service.method("org.freedesktop.DBus.ObjectManager", in_signature="", out_signature="a{oa{sa{sv}}}")
    def GetManagedObjects(self):
        interfaces = {name: dbus.Dictionary(values, signature="sv") for name, values in self.modem.items()}
        return dbus.Dictionary({PATH(MODEM): dbus.Dictionary(interfaces, signature="sa{sv}")}, signature="oa{sa{sv}}")


class Modem(Exported):
    """The modem, which lists its messages and bearers."""

    @dbus.service.method(MM + ".Modem.Messaging", in_signature="", out_signature="ao")
    def List(self):
        return dbus.Array([], signature="o")

    @dbus.service.method(MM + ".Modem", in_signature="", out_signature="ao")
    def ListBearers(self):
        return dbus.Array([PATH(BEARER)], signature="o")


def main(own_number):
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SystemBus()
    objects = properties(own_number)
    root = Root(bus, ROOT, objects[ROOT])
    root.modem = objects[MODEM]
    exported = [root, Modem(bus, MODEM, objects[MODEM])]
    exported += [Exported(bus, path, objects[path]) for path in (SIM, BEARER)]
    name = dbus.service.BusName(MM, bus)
    print("ready", name.get_name(), len(exported), flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/python3
"""Drives mmsd-tng over its session bus, one command a line on standard input, one JSON answer a line:

["send", TO, SUBJECT, [[ID, CONTENT_TYPE, PATH], ...]]   the new message's object path
["push", PATH]                                           hands a WAP push SDU to the handset
["messages"]                                             every message with its status and attachments
"""
import json
import sys
import time

import dbus

MMS = "org.ofono.mms"
START_SECONDS = 15


def wait_for_service(bus):
    """The MMS service, once mmsd-tng has made one of the modem."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            manager = dbus.Interface(bus.get_object(MMS, "/org/ofono/mms"), MMS + ".Manager")
            services = manager.GetServices()
            if services:
                return dbus.Interface(bus.get_object(MMS, services[0][0]), MMS + ".Service")
        except dbus.DBusException:
            pass
        time.sleep(0.1)
    raise SystemExit("mmsd-tng offers no service")


def send(service, to, subject, attachments):
    parts = dbus.Array([dbus.Struct(part, signature="sss") for part in attachments], signature="(sss)")
    options = dbus.Dictionary({"Subject": dbus.String(subject, variant_level=1)}, signature="sv", variant_level=1)
    return str(service.SendMessage(dbus.Array([to], signature="s"), options, parts))


def push(bus, path):
    modem = dbus.Interface(bus.get_object(MMS, "/org/ofono/mms"), MMS + ".ModemManager")
    with open(path, "rb") as file:
        modem.PushNotify(dbus.ByteArray(file.read()))
    return "pushed"


def describe(path, message):
    attachments = [
        {"id": str(part[0]), "type": str(part[1]), "length": int(part[4])} for part in message.get("Attachments", [])
    ]
    return {
        "path": str(path),
        "status": str(message.get("Status", "")),
        "subject": str(message.get("Subject", "")),
        "sender": str(message.get("Sender", "")),
        "attachments": attachments,
    }


def main():
    bus = dbus.SessionBus()
    service = wait_for_service(bus)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        if command == "send":
            answer = send(service, *arguments)
        elif command == "push":
            answer = push(bus, *arguments)
        else:
            answer = [describe(path, message) for path, message in service.GetMessages()]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

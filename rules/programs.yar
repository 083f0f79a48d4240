/*
 * Programs by their own magic. No handset needs one in a message: most infected messages in the field carried or linked
 * one. Names in archives are read where the central directory has them, so a text about "classes.dex" is not an APK.
 * In the directory a name stands 46 bytes after its entry's mark.
 */

// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule MAL_MMS_Android_APK : android program zip
{
    meta:
        id = "11896573-0147-48c5-b361-c4fcce4e321b"
        description = "Detects an Android application package: an archive with a manifest beside byte code or resources"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Archives whose members only mention the names in their text; source projects, which have no byte code"
        mitre_attack = "T1660"
        default_action = "block"
    strings:
        $manifest = "AndroidManifest.xml"
        $code = "classes.dex"
        $resources = "resources.arsc"
    condition:
        is_zip
        and for any i in (1..#manifest) : (
            uint32be(@manifest[i] - 46) == 0x504B0102 and uint16(@manifest[i] - 18) == 19
        )
        and (
            for any i in (1..#code) : (
                uint32be(@code[i] - 46) == 0x504B0102 and uint16(@code[i] - 18) == 11
            )
            or for any i in (1..#resources) : (
                uint32be(@resources[i] - 46) == 0x504B0102 and uint16(@resources[i] - 18) == 14
            )
        )
}

rule MAL_MMS_Android_DEX : android program
{
    meta:
        id = "48922f5f-61a5-4166-a9ed-81ffa0d41b62"
        description = "Detects Android byte code (DEX) by its magic and three-digit version"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "https://source.android.com/docs/core/runtime/dex-format"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Text that begins with the word dex: version digits and a zero byte must follow"
        default_action = "block"
    condition:
        uint32be(0) == 0x6465780A
        and uint8(4) == 0x30
        and (uint8(5) == 0x33 or uint8(5) == 0x34)
        and uint8(6) >= 0x30
        and uint8(6) <= 0x39
        and uint8(7) == 0
}

rule MAL_MMS_Linux_ELF : linux android program
{
    meta:
        id = "9da4feef-e316-49e2-b9ca-eedc7136a6ca"
        description = "Detects an ELF program or library, as on Android and Linux, by its identification bytes"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Class, byte order and version must be those of the specification"
        default_action = "block"
    condition:
        uint32be(0) == 0x7F454C46
        and (uint8(4) == 1 or uint8(4) == 2)
        and (uint8(5) == 1 or uint8(5) == 2)
}

rule MAL_MMS_Apple_MachO : apple program
{
    meta:
        id = "7d072d1e-70d5-40f0-9b61-79f8c3d24dc4"
        description = "Detects a Mach-O program or library of Apple systems, thin or fat, by its magic and architecture"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Java classes share the magic of fat files: their version makes the second number larger than any count"
        default_action = "block"
    condition:
        (
            (uint32be(0) == 0xFEEDFACE or uint32be(0) == 0xFEEDFACF)
            and uint32be(12) >= 1
            and uint32be(12) <= 12
        )
        or (
            (uint32be(0) == 0xCEFAEDFE or uint32be(0) == 0xCFFAEDFE)
            and uint32(12) >= 1
            and uint32(12) <= 12
        )
        or (
            uint32be(0) == 0xCAFEBABE
            and uint32be(4) >= 1
            and uint32be(4) < 0x14
        )
}

rule MAL_MMS_Windows_PE : windows program
{
    meta:
        id = "7c7c07b5-6e70-46ee-9f38-d79faff6ddba"
        description = "Detects a program or library of Windows or Windows Mobile (PE) by both of its headers"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "https://learn.microsoft.com/windows/win32/debug/pe-format"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Text that begins with MZ: the new header must stand where the old one points"
        default_action = "block"
    condition:
        uint16be(0) == 0x4D5A
        and uint32be(uint32(0x3C)) == 0x50450000
}

rule MAL_MMS_Windows_CAB : windows program
{
    meta:
        id = "a3d6f873-587e-4aa6-a842-e7e5185ea30b"
        description = "Detects a Microsoft cabinet, the installer format of Windows Mobile"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 80
        severity = "high"
        reference = "https://learn.microsoft.com/previous-versions/bb417343(v=msdn.10)"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Text that begins with MSCF: four zero bytes and a version must follow"
        default_action = "block"
    condition:
        uint32be(0) == 0x4D534346
        and uint32(4) == 0
        and uint8(25) == 1
}

rule MAL_MMS_Windows_LNK : windows program
{
    meta:
        id = "0af0ced2-f4f1-4ffc-956f-fac0be5932c0"
        description = "Detects a Windows shell link, which starts whatever it names"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "MS-SHLLINK section 2.1"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "The letter L with zero bytes: the class identifier must follow"
        default_action = "block"
    condition:
        uint32be(0) == 0x4C000000
        and uint32be(4) == 0x01140200
        and uint32be(8) == 0
        and uint32be(12) == 0xC0000000
        and uint32be(16) == 0x00000046
}

rule MAL_MMS_Windows_MSI : windows program
{
    meta:
        id = "26f6e4bc-315d-4b12-9c3b-73fa10b9dcf4"
        description = "Detects a Windows Installer package: a compound file whose root storage has the installer's class identifier"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "MS-CFB section 2.6, https://learn.microsoft.com/windows/win32/msi/windows-installer-portal"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Older office documents are compound files too, with other class identifiers"
        default_action = "block"
    strings:
        $class = { 84 10 0C 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    condition:
        uint32be(0) == 0xD0CF11E0
        and uint32be(4) == 0xA1B11AE1
        and $class
}

rule MAL_MMS_Flash_SWF : program
{
    meta:
        id = "41b1a4bc-62f4-486e-bbde-ef9b73605747"
        description = "Detects a Flash film (SWF), plain or compressed, with a plausible version and length"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 80
        severity = "high"
        reference = "https://open-flash.github.io/mirrors/swf-spec-19.pdf"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Texts that begin with FWS, CWS or ZWS: the length must be the file's, or the compressed stream must begin"
        default_action = "block"
    condition:
        uint16be(1) == 0x5753
        and uint8(3) >= 1
        and uint8(3) <= 50
        and (
            (uint8(0) == 0x46 and uint32(4) == filesize)
            or (uint8(0) == 0x43 and uint8(8) == 0x78 and uint32(4) < 0x08000000)
            or (uint8(0) == 0x5A and uint8(12) == 0x5D and uint32(4) < 0x08000000)
        )
}

/* Java ME midlets, once the second way to install by MMS: archives, their descriptors, and bare classes. */

/*
 * A directory entry's name ends where the next entry, the end record or an extra field begins: the name's last letters and
 * that mark are one pattern, which needs no loop. Extra fields: UT and ux (times), FECA (jar), 0A 00 (NTFS).
 */
// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule SUSP_MMS_J2ME_JAR : java program zip
{
    meta:
        id = "6bcd3d79-06af-410a-a817-dc680e4e1a6d"
        description = "Detects a Java archive: a ZIP with a Java manifest and a compiled class in its directory"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "JSR 118 (MIDP 2.0), https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "OpenDocument files have META-INF/manifest.xml; source archives have .classpath but no class"
        default_action = "block"
    strings:
        $manifest = "META-INF/MANIFEST.MF" nocase
        $class = /\.class(PK\x01\x02|PK\x05\x06|UT[\x05\x09\x0d]\x00|ux\x0b\x00|\xfe\xca\x00\x00|\x0a\x00\x20\x00)/
    condition:
        is_zip
        and $class
        and for any i in (1..#manifest) : (
            uint32be(@manifest[i] - 46) == 0x504B0102 and uint16(@manifest[i] - 18) == 20
        )
}

rule SUSP_MMS_J2ME_JAD : java program
{
    meta:
        id = "51c5074b-57a2-42c1-93a9-ef266ec8d044"
        description = "Detects a Java ME application descriptor, which makes a handset fetch and install an archive"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 80
        severity = "high"
        reference = "JSR 118 (MIDP 2.0)"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Manifests inside archives lack the address; a text that explains one key lacks the other two"
        default_action = "block"
    strings:
        $address = "MIDlet-Jar-URL:"
        $name = "MIDlet-Name:"
        $version = "MIDlet-Version:"
        $vendor = "MIDlet-Vendor:"
        $size = "MIDlet-Jar-Size:"
        $first = "MIDlet-1:"
    condition:
        $address
        and 2 of ($name, $version, $vendor, $size, $first)
}

rule MAL_MMS_Java_Class : java program
{
    meta:
        id = "7b704619-077f-4439-81df-70b50478ec8a"
        description = "Detects a compiled Java class by its magic and a version that compilers write"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Fat Mach-O files share the magic and have a small number where the version stands"
        default_action = "block"
    condition:
        uint32be(0) == 0xCAFEBABE
        and uint16be(6) >= 0x2D
        and uint16be(6) <= 0x60
}

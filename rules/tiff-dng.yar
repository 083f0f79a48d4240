/*
 * TIFF and DNG: LANDFALL (Samsung, CVE-2025-21042), its sibling CVE-2025-21043, and Apple's CVE-2025-43300.
 *
 * No MMS content class includes TIFF, so the allow-list of media types refuses it first; these rules name the attack.
 * An IFD entry is tag u16, type u16, count u32 and value or offset u32, in the file's byte order.
 */

rule EXPL_MMS_TIFF_DNG_Appended_ZIP : dng tiff zip polyglot
{
    meta:
        id = "16afaffa-fc31-4b10-b24c-329ec9f7e6a6"
        description = "Detects a TIFF or DNG image that is a ZIP archive at its end, the shape in which LANDFALL carried its native libraries"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2025-21042, https://unit42.paloaltonetworks.com/landfall-is-new-commercial-grade-android-spyware/"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "An end-of-directory mark in pixel data: the record's sizes and the central directory must agree"
        cve = "CVE-2025-21042"
        default_action = "block"
    condition:
        is_tiff
        and ends_with_zip
}

/*
 * SamplesPerPixel 2 and Compression 7 (lossless JPEG) in IFD entries, as SHORT or LONG, and a JPEG frame SOF3 of one
 * component. One sample per pixel with two components is normal in camera DNG and is not looked for.
 */
rule EXPL_MMS_DNG_SPP2_SOF3_Nf1 : dng tiff apple
{
    meta:
        id = "95d2c91d-5607-4eb1-9b04-69c271eba833"
        description = "Detects a DNG that declares two samples per pixel over a lossless JPEG of one component, which made ImageIO write past its buffer"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2025-43300"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Camera DNG with one sample per pixel and two components; two samples over two components"
        cve = "CVE-2025-43300"
        default_action = "block"
    strings:
        $samples_le = { 15 01 (03|04) 00 01 00 00 00 02 00 }
        $samples_be = { 01 15 00 (03 00 00 00 01 00 02|04 00 00 00 01 00 00 00 02) }
        $lossless_le = { 03 01 (03|04) 00 01 00 00 00 07 00 }
        $lossless_be = { 01 03 00 (03 00 00 00 01 00 07|04 00 00 00 01 00 00 00 07) }
        $one_component = { FF C3 00 0B ?? ?? ?? ?? ?? 01 }
    condition:
        is_tiff
        and $one_component
        and (($samples_le and $lossless_le) or ($samples_be and $lossless_be))
}

/* Opcode lists (tags C740, C741, C74E; type 7) begin with a count that is big-endian in either byte order. */
// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule EXPL_MMS_DNG_OpcodeList_Count : dng tiff
{
    meta:
        id = "2367765e-5810-402d-a8a7-bdd9bc861083"
        description = "Detects a DNG whose opcode list declares more than a million opcodes, as attacks on Samsung's image decoder did"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2025-21043"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "DNG of phones list 1 to 10 opcodes; the tag's bytes in pixel data seldom point at such a count"
        cve = "CVE-2025-21043"
        default_action = "block"
    strings:
        $list_le = { (40|41|4E) C7 07 00 }
        $list_be = { C7 (40|41|4E) 00 07 }
    condition:
        is_tiff
        and (
            (
                uint16be(0) == 0x4949
                and for any i in (1..#list_le) : (uint32be(uint32(@list_le[i] + 8)) > 1000000)
            )
            or (
                uint16be(0) == 0x4D4D
                and for any i in (1..#list_be) : (uint32be(uint32be(@list_be[i] + 8)) > 1000000)
            )
        )
}

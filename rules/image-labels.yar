/*
 * Image and font formats by name: what has no place in MMS, and what an analyst likes to know. Handsets decode these by
 * content whatever the label says. Facts: SkCodecFuzzer's README and FFmpeg's Qmage demuxer for Qmage.
 */

/*
 * 'QM': version at 2 (0B and up), raw type at 3 in 0, 3, 6, size as u16 at 6 and 8. 'QG': version in three bytes at 2,
 * size at 7 and 9. Two letters prove nothing ("QMAIL", "QGIS"): the bounds do.
 */
rule INFO_MMS_Qmage_Image : image qmage
{
    meta:
        id = "12d2a493-dc8d-4a73-b252-806ec39257b1"
        description = "Detects a Samsung Qmage picture, a theme resource format with no business in a message whose decoder could be attacked without a touch"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "CVE-2020-8899, https://github.com/googleprojectzero/SkCodecFuzzer"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Text that begins with QM or QG: version and raw type must be control characters"
        cve = "CVE-2020-8899"
        default_action = "block"
    condition:
        (
            uint16be(0) == 0x514D
            and uint8(2) >= 0x0B
            and uint8(2) < 0x20
            and (uint8(3) == 0 or uint8(3) == 3 or uint8(3) == 6)
            and uint16(6) >= 1
            and uint16(6) <= 8192
            and uint16(8) >= 1
            and uint16(8) <= 8192
        )
        or (
            uint16be(0) == 0x5147
            and uint8(2) < 10
            and uint8(3) < 10
            and uint8(4) < 10
            and uint16(7) >= 1
            and uint16(7) <= 8192
            and uint16(9) >= 1
            and uint16(9) <= 8192
        )
}

rule INFO_MMS_Photoshop_PSD : image
{
    meta:
        id = "98f3b778-1baf-4cc3-b805-dbf2cac5ef1f"
        description = "Detects a Photoshop document, which FORCEDENTRY sent as a picture and which no MMS content class includes"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 80
        severity = "high"
        reference = "CVE-2021-30860"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Text that begins with 8BPS: a binary version must follow"
        default_action = "block"
    condition:
        uint32be(0) == 0x38425053
        and (uint16be(4) == 1 or uint16be(4) == 2)
}

/* A table count and its search range agree, so that words ("true", "OTTO") do not match. */
rule INFO_MMS_Font_File : font
{
    meta:
        id = "f7803385-25ba-4a58-98da-fad6423d1ae2"
        description = "Detects a TrueType, OpenType or Web Open font, which runs byte code in a handset and has no place in a message"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 80
        severity = "high"
        reference = "CVE-2023-41990"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Texts that begin with true, OTTO or ttcf, and MPEG or icon data that begins 00 01 00 00"
        cve = "CVE-2023-41990"
        default_action = "block"
    condition:
        (
            (uint32be(0) == 0x00010000 or uint32be(0) == 0x4F54544F or uint32be(0) == 0x74727565)
            and uint16be(4) >= 1
            and uint16be(4) <= 64
            and uint16be(6) >= 16
            and uint16be(6) <= uint16be(4) * 16
            and uint16be(6) * 2 > uint16be(4) * 16
        )
        or (
            uint32be(0) == 0x74746366
            and (uint32be(4) == 0x00010000 or uint32be(4) == 0x00020000)
        )
        or (
            (uint32be(0) == 0x774F4646 or uint32be(0) == 0x774F4632)
            and uint32be(8) == filesize
            and uint16be(14) == 0
        )
}

rule INFO_MMS_WebP_Lossless : image informational
{
    meta:
        id = "b1e0dac1-684c-4858-a477-31cf8bed27a9"
        description = "Detects a lossless WebP picture, the kind whose Huffman tables CVE-2023-4863 abused; a label only, the tables need code"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 10
        severity = "info"
        reference = "CVE-2023-4863"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Ordinary stickers and screen shots are lossless WebP: never act on this label alone"
        default_action = "tag"
    condition:
        is_webp
        and uint32be(12) == 0x5650384C
        and uint8(20) == 0x2F
}

/*
 * Sound formats that MMS does not know, and codecs inside MP4 that it does not expect. The speech and music of MMS is AMR,
 * AMR-WB and the AAC family; the decoders below were attacked without a touch, by the transcription of received sound.
 */

/* Samsung's decoder writes up to 3 * blocks per frame bytes of 24-bit sound into 0x120000. */
rule EXPL_MMS_APE_24bit_Large_Frame : audio
{
    meta:
        id = "9b659846-890c-4a53-8f2e-1f0917af83cc"
        description = "Detects a Monkey's Audio file of 24 bits with more blocks per frame than Samsung's decoder has room for"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "CVE-2024-49415"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Ordinary files have 16 bits, or 0x48000 blocks"
        cve = "CVE-2024-49415"
        default_action = "block"
    condition:
        uint32be(0) == 0x4D414320
        and uint16(4) >= 3980
        and uint32(8) >= 52
        and uint32(8) <= 1024
        and uint16(uint32(8) + 16) == 24
        and uint32(uint32(8) + 4) > 0x60000
}

/*
 * bsid stands at byte 5: up to 10 it is AC-3, whose frame takes a bit rate's octets at 48, 32 or 44.1 kHz (there with an
 * odd word at times); up to 16 E-AC-3, which tells the length of its frame. The next frame or the end must stand there.
 */
rule INFO_MMS_Raw_Dolby_AC3 : audio dolby strict
{
    meta:
        id = "cda91199-206b-49c7-88a1-3dd682365a81"
        description = "Detects raw Dolby AC-3 or E-AC-3 sound, a codec that MMS does not know and whose decoder was attacked without a touch"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 50
        severity = "low"
        reference = "CVE-2025-54957, ETSI TS 102 366"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Two bytes of sync are weak: the next frame, or the end of the file, must stand where the first frame ends"
        cve = "CVE-2025-54957"
        default_action = "log"
    condition:
        uint16be(0) == 0x0B77
        and (
            (
                uint8(5) >> 3 <= 10
                and uint8(4) >> 6 != 3
                and uint8(4) & 0x3F <= 37
                and for any rate in (
                    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
                ) : (
                    for any end in (rate * 4, rate * 6, rate * 320 \ 147 * 2, rate * 320 \ 147 * 2 + 2) : (
                        uint16be(end) == 0x0B77 or end == filesize
                    )
                )
            )
            or (
                uint8(5) >> 3 >= 11
                and uint8(5) >> 3 <= 16
                and (
                    uint16be(((uint16be(2) & 0x7FF) + 1) * 2) == 0x0B77
                    or ((uint16be(2) & 0x7FF) + 1) * 2 == filesize
                )
            )
        )
}

/* The first sample entry's type stands right after the box's flags, count and the entry's size. */
rule INFO_MMS_Container_Unexpected_Codec : audio isobmff dolby strict
{
    meta:
        id = "d8042f99-d32e-47aa-8b12-e80771b83e6f"
        description = "Detects an MP4 or M4A file whose sound is Dolby (AC-3, E-AC-3, AC-4), Apple Lossless or APAC, which MMS does not know"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 50
        severity = "low"
        reference = "CVE-2025-54957, CVE-2021-0674, CVE-2025-31200"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Films that were copied from a computer do have such sound"
        cve = "CVE-2025-54957, CVE-2021-0674, CVE-2025-31200"
        default_action = "log"
    strings:
        $entry = { 73 74 73 64 00 00 00 00 00 00 00 ?? 00 00 ?? ?? (61 63 2D 33|65 63 2D 33|61 63 2D 34|61 6C 61 63|61 70 61 63) }
    condition:
        is_isobmff
        and $entry
}

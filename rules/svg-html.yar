/*
 * Active content in SVG and HTML. These rules see bytes: the `text` target gives them the decoded reading of a part too, so
 * that UTF-16 hides nothing. Packed SVG (svgz) is gzip and is not opened.
 */

rule SUSP_MMS_SVG_Active : svg markup
{
    meta:
        id = "70f73933-4ae5-492f-b830-fc32afe94908"
        description = "Detects an SVG picture with a script, an event handler, a script link, a foreign object or an entity, none of which a drawing needs"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 70
        severity = "medium"
        reference = "https://www.w3.org/TR/SVG11/script.html"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member, text"
        fp_notes = "Static drawings do not match; files that Illustrator exported whole have entities and a foreign object"
        default_action = "quarantine"
    strings:
        $script = /<([A-Za-z]{1,16}:)?script[\s>\/]/ nocase
        $handler = /[\s"'\/]on(abort|activate|begin|click|end|error|focusin|focusout|load|mousedown|mousemove|mouseout|mouseover|mouseup|repeat|resize|scroll|touchend|touchstart|unload|zoom)\s{0,8}=\s{0,8}["']/ nocase
        $link = /[\s:"'\/](href|src|action|to|from|values)\s{0,8}=\s{0,8}["']?\s{0,8}(javascript:|vbscript:|intent:|data:text\/html)/ nocase
        $foreign = "<foreignObject" nocase
        $entity = "<!ENTITY" nocase
    condition:
        is_svg
        and any of them
}

rule SUSP_MMS_HTML_Script : html markup
{
    meta:
        id = "febf7292-504f-472b-b979-5c0e98bfe744"
        description = "Detects an HTML page with a script, a frame, an object, a self-acting redirect, or a link that runs code or starts an application"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 60
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1660/"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member, text"
        fp_notes = "Ordinary web pages have scripts; a page in a message is rare and needs none"
        default_action = "strip"
    strings:
        $script = /<script[\s>\/]/ nocase
        $frame = /<(iframe|frame|object|embed|applet)[\s>\/]/ nocase
        $refresh = /\shttp-equiv\s{0,8}=\s{0,8}["']?refresh\b/ nocase
        $link = /[\s:"'\/](href|src|action|to|from|values)\s{0,8}=\s{0,8}["']?\s{0,8}(javascript:|vbscript:|intent:|data:text\/html)/ nocase
    condition:
        any of them
        and (
            is_html
            or declared_type == "text/html"
            or declared_type == "application/xhtml+xml"
            or declared_type == "application/vnd.wap.xhtml+xml"
        )
}

rule INFO_MMS_HTML_Tel_Link : html markup informational
{
    meta:
        id = "0fb43155-5312-4325-a09c-d07cdcdf1e51"
        description = "Detects an HTML page with a link or frame that dials a number as soon as it is touched"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 30
        severity = "info"
        reference = "RFC 3966"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Shops offer such links: a label only. Codes with a hash are SUSP_MMS_URL_USSD_Tel"
        default_action = "log"
    strings:
        $dial = /\b(href|src)\s{0,8}=\s{0,8}["']?\s{0,8}(tel|sms|smsto|mmsto):/ nocase
    condition:
        is_html
        and $dial
}

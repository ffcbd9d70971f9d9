using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of what a statement says of its attachments; their bytes are another matter.</summary>
internal static partial class AttachmentRules
{
    /// <summary>Checks a list of attachments.</summary>
    public static void Attachments(JsonCursor attachments)
    {
        FieldRules.Kind(attachments, JsonKind.Array);
        foreach (JsonCursor attachment in attachments)
        {
            Attachment(attachment);
        }
    }

    private static void Attachment(JsonCursor attachment)
    {
        FieldRules.Members(
            attachment, "usageType", "display", "description", "contentType", "length", "sha2", "fileUrl");
        FieldRules.Iri(FieldRules.Required(attachment, "usageType"));
        FieldRules.LanguageMap(FieldRules.Required(attachment, "display"));
        FieldRules.IfPresent(attachment, "description", FieldRules.LanguageMap);
        FieldRules.IfPresent(attachment, "fileUrl", value => FieldRules.Iri(value));
        JsonCursor type = FieldRules.Required(attachment, "contentType");
        if (!MediaTypePattern().IsMatch(FieldRules.Text(type)))
        {
            throw FieldRules.Refuse(type.Path, "media-type", $"'{type.Text}' is not a media type.");
        }

        JsonCursor digest = FieldRules.Required(attachment, "sha2");
        if (!DigestPattern().IsMatch(FieldRules.Text(digest)))
        {
            throw FieldRules.Refuse(digest.Path, "sha2", "A SHA-2 value is written in hexadecimal digits.");
        }

        JsonCursor length = FieldRules.Required(attachment, "length");
        FieldRules.Kind(length, JsonKind.Number);
        if (!long.TryParse(length.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw FieldRules.Refuse(length.Path, "length", "A length is a whole number of bytes.");
        }
    }

    [GeneratedRegex("""^[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+\s*(;[^\r\n\x00]*)?\z""")]
    private static partial Regex MediaTypePattern();

    [GeneratedRegex("""^[0-9A-Fa-f]+\z""")]
    private static partial Regex DigestPattern();
}

using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Output;

/// <summary>
/// Writes any value of the state in one line: <c>name value; name value</c>. Bytes are hexadecimal; intervals and
/// endings are left out, for tables have columns for them.
/// </summary>
internal static class StateText
{
    /// <summary>Lists longer than this are shown by their first members and their count.</summary>
    private const int MembersMax = 8;

    /// <summary>The one line.</summary>
    public static string Describe(IMessage message) => string.Join("; ", message.Descriptor.Fields
        .InFieldNumberOrder()
        .Where(static field => !HasColumns(field))
        .Select(field => (field, Text: Describe(field, field.Accessor.GetValue(message))))
        .Where(static part => part.Text.Length > 0)
        .Select(static part => $"{part.field.Name.Replace('_', ' ')} {part.Text}"));

    private static bool HasColumns(FieldDescriptor field) => field.FieldType == FieldType.Message
        && (field.MessageType == Interval.Descriptor || field.MessageType == Ending.Descriptor);

    private static string Describe(FieldDescriptor field, object? value) => value switch
    {
        null => string.Empty,
        IList list => DescribeList(field, list),
        IMessage inner => Braced(inner),
        ByteString { IsEmpty: true } or "" or 0u or 0ul or 0L or 0 or false => string.Empty,
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        long time when field.Name.EndsWith("unix_ms", StringComparison.Ordinal) => Times.Show(time),
        Enum name => Convert.ToInt32(name, CultureInfo.InvariantCulture) == 0 ? string.Empty : name.ToString(),
        true => "yes",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string DescribeList(FieldDescriptor field, IList list)
    {
        if (list.Count == 0)
        {
            return string.Empty;
        }

        string shown = string.Join(", ", list.Cast<object>().Take(MembersMax).Select(one => Describe(field, one)));
        return list.Count <= MembersMax
            ? $"[{shown}]"
            : string.Create(CultureInfo.InvariantCulture, $"[{shown}, … {list.Count} in all]");
    }

    private static string Braced(IMessage message)
    {
        string text = Describe(message);
        return text.Length == 0 ? string.Empty : $"{{{text}}}";
    }
}

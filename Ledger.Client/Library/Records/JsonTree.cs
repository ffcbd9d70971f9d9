using System.Globalization;
using System.Text;

namespace Ledger.Client.Records;

/// <summary>
/// A JSON text as a list of values. Reading is strict: well-formed UTF-8, no lone surrogates, no duplicate keys,
/// nothing after the value, and within limits. Members stand in the order of RFC 8785. It does not refer to the bytes
/// it was read from.
/// </summary>
public sealed class JsonTree
{
    private readonly byte[] text;
    private readonly JsonNode[] nodes;

    internal JsonTree(byte[] text, JsonNode[] nodes)
    {
        this.text = text;
        this.nodes = nodes;
    }

    /// <summary>The whole value.</summary>
    public JsonCursor Root => new(this, 0);

    /// <summary>Reads a text within the limits of one record; throws <see cref="RecordFormatException"/>.</summary>
    public static JsonTree Parse(ReadOnlySpan<byte> utf8) => Parse(utf8, JsonLimits.Record);

    /// <summary>Reads a text within the given limits; throws <see cref="RecordFormatException"/>.</summary>
    public static JsonTree Parse(ReadOnlySpan<byte> utf8, JsonLimits limits) => new JsonTreeReader(utf8, limits).Read();

    internal ref readonly JsonNode Node(int index) => ref nodes[index];

    internal ReadOnlySpan<byte> Name(int index) => text.AsSpan(nodes[index].NameStart, nodes[index].NameLength);

    internal ReadOnlySpan<byte> Text(int index) => text.AsSpan(nodes[index].TextStart, nodes[index].TextLength);

    internal bool TryFind(int parent, ReadOnlySpan<byte> name, out int index)
    {
        for (index = nodes[parent].First; index >= 0; index = nodes[index].Next)
        {
            if (Name(index).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The JSON pointer of a value. For messages only: it walks up the tree.</summary>
    internal string Path(int index) => Path(nodes, text, index);

    internal static string Path(ReadOnlySpan<JsonNode> nodes, ReadOnlySpan<byte> text, int index)
    {
        StringBuilder path = new();
        for (int at = index; at >= 0 && nodes[at].Parent >= 0; at = nodes[at].Parent)
        {
            path.Insert(0, "/" + Step(nodes, text, at));
        }

        return path.ToString();
    }

    private static string Step(ReadOnlySpan<JsonNode> nodes, ReadOnlySpan<byte> text, int index)
    {
        JsonNode node = nodes[index];
        if (nodes[node.Parent].Kind == JsonKind.Object)
        {
            return Encoding.UTF8.GetString(text.Slice(node.NameStart, node.NameLength))
                .Replace("~", "~0", StringComparison.Ordinal)
                .Replace("/", "~1", StringComparison.Ordinal);
        }

        int position = 0;
        for (int at = node.Parent + 1; at < index; at++)
        {
            position += nodes[at].Parent == node.Parent ? 1 : 0;
        }

        return position.ToString(CultureInfo.InvariantCulture);
    }
}

using Google.Protobuf.Reflection;

namespace Ledger.Primitives;

/// <summary>
/// The fields of one kind of message by their numbers: how each is written, and what stands inside it.
/// </summary>
internal sealed class WireTable
{
    internal const int VarintWire = 0;
    internal const int LengthWire = 2;

    /// <summary>No field of this number is canonical.</summary>
    private const int NoWire = -1;

    /// <summary>The schemas number their fields from one without large gaps, so that a table is an array.</summary>
    private const int FieldNumberMax = 1023;

    private readonly int[] wires;
    private readonly WireTable?[] inner;

    private WireTable(int numbers)
    {
        wires = new int[numbers];
        inner = new WireTable?[numbers];
        Array.Fill(wires, NoWire);
    }

    /// <summary>The table of a kind of message, with those of the messages inside it.</summary>
    internal static WireTable Of(MessageDescriptor message) =>
        Of(message, new SortedDictionary<string, WireTable>(StringComparer.Ordinal));

    /// <summary>How a field is written; nothing that can stand in a tag if there is no such field.</summary>
    internal int WireOf(ulong number) => number < (ulong)wires.Length ? wires[number] : NoWire;

    /// <summary>The table of the message inside a field that is known, or null if it holds none.</summary>
    internal WireTable? InnerOf(ulong number) => inner[number];

    private static WireTable Of(MessageDescriptor message, SortedDictionary<string, WireTable> made)
    {
        if (made.TryGetValue(message.FullName, out WireTable? known))
        {
            return known;
        }

        IList<FieldDescriptor> fields = message.Fields.InFieldNumberOrder();
        int largest = fields.Count == 0 ? 0 : fields[^1].FieldNumber;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, FieldNumberMax);
        WireTable table = new(largest + 1);

        // Before its fields are looked at, because a message may hold one of its own kind.
        made.Add(message.FullName, table);
        foreach (FieldDescriptor field in fields)
        {
            table.wires[field.FieldNumber] = WireOf(field);
            table.inner[field.FieldNumber] =
                field.FieldType == FieldType.Message ? Of(field.MessageType, made) : null;
        }

        return table;
    }

    private static int WireOf(FieldDescriptor field)
    {
        int single = WireOf(field.FieldType);
        return single == VarintWire && field.IsRepeated && field.IsPacked ? LengthWire : single;
    }

    // The ledger's schemas have no groups and no numbers of fixed width, so that these are refused like unknown fields.
    private static int WireOf(FieldType kind) => kind switch
    {
        FieldType.Int32 or FieldType.Int64 or FieldType.UInt32 or FieldType.UInt64 or FieldType.SInt32
            or FieldType.SInt64 or FieldType.Bool or FieldType.Enum => VarintWire,
        FieldType.String or FieldType.Bytes or FieldType.Message => LengthWire,
        _ => NoWire,
    };
}

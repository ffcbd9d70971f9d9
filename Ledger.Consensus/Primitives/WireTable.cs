using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ledger.Primitives;

/// <summary>The fields of one kind of message by their numbers.</summary>
internal sealed class WireTable
{
    /// <summary>The schemas number their fields from one without large gaps, so that a table is an array.</summary>
    private const int FieldNumberMax = 1023;

    private readonly WireField?[] fields;

    private WireTable(int numbers)
    {
        fields = new WireField?[numbers];
    }

    /// <summary>The table of a kind of message, with those of the messages inside it.</summary>
    internal static WireTable Of(MessageDescriptor message) =>
        Of(message, new SortedDictionary<string, WireTable>(StringComparer.Ordinal));

    /// <summary>The field of a number, or null.</summary>
    internal WireField? FieldOf(ulong number) => number < (ulong)fields.Length ? fields[number] : null;

    /// <summary>How a field is written; nothing that can stand in a tag if there is no such field.</summary>
    internal int WireOf(ulong number) => FieldOf(number)?.Wire ?? WireField.NoWire;

    /// <summary>The table of the message inside a field that is known, or null if it holds none.</summary>
    internal WireTable? InnerOf(ulong number) => fields[number]!.Inner;

    private static WireTable Of(MessageDescriptor message, SortedDictionary<string, WireTable> made)
    {
        if (made.TryGetValue(message.FullName, out WireTable? known))
        {
            return known;
        }

        IList<FieldDescriptor> all = message.Fields.InFieldNumberOrder();
        int largest = all.Count == 0 ? 0 : all[^1].FieldNumber;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, FieldNumberMax);
        WireTable table = new(largest + 1);

        // Before its fields are looked at, because a message may hold one of its own kind.
        made.Add(message.FullName, table);
        foreach (FieldDescriptor field in all)
        {
            table.fields[field.FieldNumber] = WireField.Of(
                field, field.FieldType == FieldType.Message ? Of(field.MessageType, made) : null);
        }

        return table;
    }

    /// <summary>The table of a kind of message, made once.</summary>
    internal static class For<T>
        where T : class, IMessage<T>, new()
    {
        internal static readonly WireTable Value = Of(new T().Descriptor);
    }
}

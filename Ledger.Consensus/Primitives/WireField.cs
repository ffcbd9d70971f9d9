using Google.Protobuf.Reflection;

namespace Ledger.Primitives;

/// <summary>How a field of a message is written, and what stands inside it.</summary>
internal sealed class WireField
{
    internal const int VarintWire = 0;
    internal const int LengthWire = 2;

    /// <summary>Nothing that can stand in a tag: a field that is written so is refused.</summary>
    internal const int NoWire = -1;

    /// <summary>A message's own alternatives are counted in the bits of a number.</summary>
    private const int AlternativesMax = 64;

    private WireField(FieldDescriptor field, WireTable? inner)
    {
        Wire = WireOf(field);
        Inner = inner;
        IsRepeated = field.IsRepeated;
        IsText = field.FieldType == FieldType.String;
        IsPacked = Wire == LengthWire && WireOf(field.FieldType) == VarintWire;
        LargestPlain = field.IsRepeated ? 0 : LargestOf(field.FieldType);
        if (field.ContainingOneof is { } alternative)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alternative.Index, AlternativesMax);
            Alternative = 1UL << alternative.Index;
        }
    }

    /// <summary>How the field is written.</summary>
    internal int Wire { get; }

    /// <summary>The table of the message inside, or null if it holds none.</summary>
    internal WireTable? Inner { get; }

    /// <summary>Whether the field may stand more than once.</summary>
    internal bool IsRepeated { get; }

    /// <summary>Whether it holds text.</summary>
    internal bool IsText { get; }

    /// <summary>Whether it holds numbers one after another.</summary>
    internal bool IsPacked { get; }

    /// <summary>The bit of the alternatives of which this field is one; 0 if it is none.</summary>
    internal ulong Alternative { get; }

    /// <summary>
    /// The largest number of a single field that has one spelling only, which is its own value; 0 if none is sure.
    /// </summary>
    internal ulong LargestPlain { get; }

    /// <summary>Describes a field, with the table of the message inside it.</summary>
    internal static WireField Of(FieldDescriptor field, WireTable? inner) => new(field, inner);

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

    private static ulong LargestOf(FieldType kind) => kind switch
    {
        FieldType.Int32 or FieldType.Enum => int.MaxValue,
        FieldType.Int64 => long.MaxValue,
        FieldType.UInt32 => uint.MaxValue,
        FieldType.UInt64 => ulong.MaxValue,
        FieldType.Bool => 1,
        _ => 0,
    };
}

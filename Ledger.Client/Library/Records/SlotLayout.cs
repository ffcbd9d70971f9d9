using System.Numerics;
using Ledger.Primitives;

namespace Ledger.Client.Records;

/// <summary>
/// The slots of one object, in a fixed order. The tree over them has a power of two leaves: positions without a slot
/// hold <see cref="FillerLeaf"/>, the same for everybody.
/// </summary>
internal sealed class SlotLayout
{
    /// <summary>No tree has more slots: a proof for a slot stays four hashes long per tree.</summary>
    public const int SlotsMax = 16;

    private readonly RecordSlot[] slots;

    private SlotLayout(string parent, RecordSlot[] slots)
    {
        Invariant.That(slots.Length is > 0 and <= SlotsMax);
        Parent = parent;
        this.slots = slots;
        Depth = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)slots.Length));
    }

    /// <summary>The layout of xAPI statements.</summary>
    public static SlotLayout Xapi { get; } = CreateXapi();

    /// <summary>The layout of Caliper events.</summary>
    public static SlotLayout Caliper { get; } = Create(
        "", ["id", "eventTime", "type", "profile", "actor", "action", "object", "target", "generated", "group",
            "membership", "session", "edApp"]);

    /// <summary>The leaf at a position that no slot takes.</summary>
    public static Hash256 FillerLeaf { get; } = TaggedHash.Of(Tags.SlotPad, default);

    /// <summary>The pointer of the object that the slots belong to.</summary>
    public string Parent { get; }

    /// <summary>The slots in the order of the leaves.</summary>
    public ReadOnlySpan<RecordSlot> Slots => slots;

    /// <summary>The number of levels between a leaf and the root.</summary>
    public int Depth { get; }

    /// <summary>The number of leaves, fillers included.</summary>
    public int LeafCount => 1 << Depth;

    /// <summary>The layout of a type.</summary>
    public static SlotLayout Of(RecordType type) => type switch
    {
        RecordType.XapiStatement => Xapi,
        RecordType.CaliperEvent => Caliper,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The position of the slot that holds a member: its own or the rest.</summary>
    public int PositionOf(ReadOnlySpan<byte> name)
    {
        for (int position = 0; position < slots.Length - 1; position++)
        {
            if (slots[position].Name.SequenceEqual(name))
            {
                return position;
            }
        }

        return slots.Length - 1;
    }

    private static SlotLayout CreateXapi()
    {
        SlotLayout score = Create("/result/score", ["scaled", "raw", "min", "max"]);
        SlotLayout result =
            Create("/result", ["success", "completion", "response", "duration"], RecordSlot.Tree("score", score));
        return Create("", ["id", "timestamp", "actor", "verb", "object", "context"], RecordSlot.Tree("result", result));
    }

    private static SlotLayout Create(string parent, string[] names, params RecordSlot[] trees) =>
        new(parent, [.. names.Select(name => RecordSlot.Member(parent, name)), .. trees, RecordSlot.Rest(parent)]);
}

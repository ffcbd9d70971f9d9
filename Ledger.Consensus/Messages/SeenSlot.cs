namespace Ledger.Consensus;

/// <summary>
/// That a message of a kind was signed for a height and view; the order is that in which a key signs.
/// </summary>
public readonly record struct SeenSlot(ulong Height, ulong View, MessageKind Kind) : IComparable<SeenSlot>
{
    /// <summary>The slot of a message.</summary>
    public static SeenSlot Of(ConsensusMessage message) => new(message.Height, message.View, message.Kind);

    /// <inheritdoc/>
    public int CompareTo(SeenSlot other) => (Height, View, Kind).CompareTo((other.Height, other.View, other.Kind));
}

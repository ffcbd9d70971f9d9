namespace Ledger.Consensus;

/// <summary>
/// Something to write. An item replaces an earlier one with the same kind, height, view and message kind
/// (<see cref="MessageKind"/> only tells own messages apart). Items of heights at or below the committed one may be
/// dropped, but for the newest new view.
/// </summary>
public sealed record StoredItem(
    StoredItemKind Kind,
    ulong Height,
    ulong View,
    MessageKind MessageKind,
    ReadOnlyMemory<byte> Bytes,
    ProposalBlock? Block)
{
    /// <summary>A proposal, keyed by the view in which it was made.</summary>
    public static StoredItem Proposal(ulong view, ProposalBlock block) =>
        new(StoredItemKind.Proposal, block.Height, view, MessageKind.PrePrepare, block.Encode(), block);

    /// <summary>A prepared certificate.</summary>
    public static StoredItem Prepared(Certificate certificate) => new(
        StoredItemKind.PreparedCertificate, certificate.Height, certificate.View, MessageKind.Prepare,
        certificate.Encode(), null);

    /// <summary>A message of one's own.</summary>
    public static StoredItem Own(VerifiedMessage message) => new(
        StoredItemKind.OwnMessage, message.Content.Height, message.Content.View, message.Content.Kind,
        message.Envelope.Encode(), null);

    /// <summary>The new view by which a view was entered.</summary>
    public static StoredItem NewView(VerifiedMessage message) => new(
        StoredItemKind.NewView, message.Content.Height, message.Content.View, MessageKind.NewView,
        message.Envelope.Encode(), null);
}

namespace Ledger.Node.Integrity;

/// <summary>One thing that is damaged.</summary>
/// <param name="Area">What it belongs to.</param>
/// <param name="Place">A height, key or file.</param>
/// <param name="What">What is wrong with it.</param>
public sealed record Finding(DamageArea Area, string Place, string What)
{
    /// <summary>A finding about a block.</summary>
    public static Finding At(DamageArea area, ulong height, string what) =>
        new(area, "height " + height.ToString(System.Globalization.CultureInfo.InvariantCulture), what)
        {
            Height = height,
        };

    /// <summary>The block's height, where it is about one.</summary>
    public ulong? Height { get; private init; }

    /// <summary>Whether the store began with a snapshot, so that nothing can be rebuilt from its blocks.</summary>
    public bool BeganWithSnapshot { get; init; }

    /// <summary>Whether it follows from the blocks.</summary>
    public bool IsDerived => Area is DamageArea.Meta or DamageArea.Results or DamageArea.TransactionIndex
        or DamageArea.State or DamageArea.Record or DamageArea.Locator;

    /// <summary>What mends it.</summary>
    public string Remedy => Area switch
    {
        _ when IsDerived && BeganWithSnapshot =>
            "the store began with a snapshot and cannot be rebuilt from its blocks: ledger-node fsck --repair sets it "
            + "aside and keeps votes, evidence and pairs; then the node joins again from a snapshot when it runs",
        DamageArea.Store => "ledger-node fsck --repair saves what can be read and rebuilds the rest",
        DamageArea.Meta => "ledger-node fsck --repair rebuilds it from the blocks",
        DamageArea.Block or DamageArea.Body =>
            "the running node fetches it from its peers; ledger-node fsck --repair removes it first",
        DamageArea.Results or DamageArea.TransactionIndex or DamageArea.State or DamageArea.Record
            or DamageArea.Locator => "ledger-node fsck --repair rebuilds it from the blocks",
        DamageArea.EventIndex => "ledger-node fsck --repair rebuilds it from the results of the blocks",
        DamageArea.VoteLog =>
            "nothing mends it: the node follows and does not vote until you say so (docs/operations.md)",
        DamageArea.Evidence => "what is left is kept; other members hold evidence of their own",
        DamageArea.Pairs => "restore the pairs from a backup, or enter them again",
        _ => throw new InvalidOperationException("an area without a name"),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Area} {Place}: {What}";
}

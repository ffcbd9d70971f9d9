namespace Ledger.Node.Records.Connectors;

/// <summary>The work of one kind of link.</summary>
internal interface ILinkRound
{
    /// <summary>
    /// Moves what there is to move. Returns whether there may be more at once. Throws <see cref="LinkException"/> when
    /// it cannot; what was moved before stays moved.
    /// </summary>
    Task<bool> RunAsync(CancellationToken cancellation);
}

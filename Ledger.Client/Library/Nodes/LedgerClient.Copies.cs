using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Copies of other institutions' granted records at the own node.</summary>
public sealed partial class LedgerClient
{
    // The node reads at another institution's box, and verifies what it gets.
    private static readonly TimeSpan CopyTime = TimeSpan.FromMinutes(2);

    /// <summary>Has the node read at a box and keep what it verified.</summary>
    public Task<CopiesKept> KeepCopiesAsync(CopiesToKeep copies, CancellationToken cancellation) =>
        ProvedAsync(options => this.copies.KeepAsync(copies, options), CopyTime, cancellation);

    /// <summary>What is kept, and what became of what was.</summary>
    public Task<CopyList> ListCopiesAsync(CancellationToken cancellation) =>
        ProvedAsync(options => copies.ListCopiesAsync(new CopiesQuery(), options), cancellation);

    /// <summary>Removes all copies of a learner's records.</summary>
    public Task<CopiesDropped> DropCopiesAsync(Address learner, CancellationToken cancellation)
    {
        CopiesToDrop drop = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        return ProvedAsync(options => copies.DropAsync(drop, options), cancellation);
    }
}

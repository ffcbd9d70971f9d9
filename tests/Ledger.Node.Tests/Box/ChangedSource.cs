using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>A store that gives something else than it should.</summary>
internal sealed class ChangedSource(IRecordSource inner) : IRecordSource
{
    /// <summary>What becomes of each record on its way to the box; null for what the store does not give.</summary>
    public Func<KeptRecord, KeptRecord?> Change { get; set; } = static record => record;

    /// <summary>How many records were asked for.</summary>
    public int Asked { get; private set; }

    public async Task<IReadOnlyList<KeptRecord?>> FindAsync(
        Address writer, IReadOnlyList<Locator> locators, CancellationToken cancellation)
    {
        Asked += locators.Count;
        IReadOnlyList<KeptRecord?> found = await inner.FindAsync(writer, locators, cancellation);
        return [.. found.Select(record => record is null ? null : Change(record))];
    }
}

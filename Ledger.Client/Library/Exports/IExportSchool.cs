using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Exports;

/// <summary>
/// An institution's node, asked for what it has of a person. Each call throws <see cref="LedgerClientException"/> where
/// it gives no result.
/// </summary>
public interface IExportSchool
{
    /// <summary>Asks its secure box, once.</summary>
    Task<BoxAnswer> ReadAsync(BoxRequest request, CancellationToken cancellation);

    /// <summary>What it keeps beside the ledger, word after word.</summary>
    IAsyncEnumerable<SchoolWord> TellAsync(TellRequest request, CancellationToken cancellation);
}

using System.Runtime.CompilerServices;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>
/// Records that change hands; the caller must hold the identity key of the institution whose node is asked.
/// </summary>
public sealed partial class LedgerClient
{
    /// <summary>The X25519 key of the institution's node, to be published.</summary>
    public async Task<PublicKeyBytes> GetNodeKeyAsync(CancellationToken cancellation)
    {
        NodeKey key = await ProvedAsync(options => custody.GetNodeKeyAsync(new NodeKeyRequest(), options), cancellation)
            .ConfigureAwait(false);
        return PublicKeyBytes.TryRead(key.PublicKey.Span, out PublicKeyBytes read)
            ? read
            : throw new LedgerClientException(ClientFailure.NotVerified, "The node answers with no key.");
    }

    /// <summary>
    /// Everything that the institution wrote and the custodian may have, and what the reads at its box were, portion
    /// after portion; one may be without content.
    /// </summary>
    public async IAsyncEnumerable<ExportPortion> ExportAsync(
        Address custodian, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ExportRequest request = new() { Custodian = Bytes(custodian) };
        do
        {
            ExportPortion portion = await ProvedAsync(options => custody.ExportAsync(request, options), cancellation)
                .ConfigureAwait(false);
            yield return portion;
            request = new ExportRequest { Custodian = request.Custodian, Cursor = portion.Cursor };
        }
        while (!request.Cursor.IsEmpty);
    }

    /// <summary>Hands a portion to the institution's node, which verifies and keeps it.</summary>
    public Task<ImportReply> ImportAsync(SealedMessage portion, CancellationToken cancellation)
    {
        ImportRequest request = new() { Content = portion };
        return ProvedAsync(options => custody.ImportAsync(request, options), cancellation);
    }
}

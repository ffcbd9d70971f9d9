using System.Runtime.CompilerServices;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Nodes;

/// <summary>What a node keeps of a person beside the ledger.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// The node's signed words, one after the other. The caller must be the learner, who reads in its place, or the
    /// institution whose node is asked.
    /// </summary>
    public async IAsyncEnumerable<SchoolWord> TellAsync(
        TellRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            Metadata metadata = await ProofMetadataAsync(cancellation).ConfigureAwait(false);
            using AsyncServerStreamingCall<SchoolWord> call = exports.Tell(
                request, new CallOptions(metadata, cancellationToken: cancellation));
            int told = 0;
            while (await TryNextAsync(call.ResponseStream, isAgain || told > 0, cancellation).ConfigureAwait(false)
                is { } more)
            {
                if (!more)
                {
                    yield break;
                }

                told++;
                yield return call.ResponseStream.Current;
            }

            // A node that was started again has forgotten its challenges; one new proof settles whether that was it.
            await proofs!.ForgetAsync(cancellation).ConfigureAwait(false);
        }
    }
}

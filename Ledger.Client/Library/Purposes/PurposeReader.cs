using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Purposes;

/// <summary>
/// Reads what requests of a learner are for, from the nodes of the institutions that ask. Words are believed only where
/// they are what the request has committed to.
/// </summary>
/// <param name="key">The learner's key, to which words are sealed.</param>
/// <param name="boxOf">The node of an institution, or null where it publishes none.</param>
public sealed class PurposeReader(EncryptionKey key, Func<Address, CancellationToken, Task<LedgerClient?>> boxOf)
{
    /// <summary>Commitments that are asked for at once.</summary>
    public const int CommitmentsMax = 100;

    /// <summary>
    /// The words of each commitment of one requester, or in their place why there are none, in the order given.
    /// </summary>
    public async Task<IReadOnlyList<(string? Words, string Problem)>> ReadAsync(
        Address learner, Address requester, IReadOnlyList<ByteString> commitments, CancellationToken cancellation)
    {
        List<(string?, string)> read = [];
        foreach (ByteString[] portion in commitments.Chunk(CommitmentsMax))
        {
            read.AddRange(await PortionAsync(learner, requester, portion, cancellation).ConfigureAwait(false));
        }

        return read;
    }

    private async Task<IEnumerable<(string? Words, string Problem)>> PortionAsync(
        Address learner, Address requester, ByteString[] commitments, CancellationToken cancellation)
    {
        PurposeContents contents = new();
        string problem = "the institution does not show it";
        try
        {
            if (await boxOf(requester, cancellation).ConfigureAwait(false) is { } client)
            {
                contents = await client.OpenPurposesAsync(
                    new PurposeQuery
                    {
                        Learner = ByteString.CopyFrom(learner.ToArray()), Commitments = { commitments },
                    },
                    cancellation).ConfigureAwait(false);
            }
            else
            {
                problem = "the institution publishes no box that could be asked";
            }
        }
        catch (LedgerClientException failure)
        {
            // One node that does not answer must not hide what the others say.
            problem = failure.Message;
        }

        return commitments.Select(commitment =>
        {
            SealedMessage? content = contents.Contents.FirstOrDefault(one => one.Commitment == commitment)?.Content;
            string? words = content is null
                ? null
                : RequestPurpose.WordsIn(content, key, new Hash256(commitment.Span));
            return (words, words is null ? problem : string.Empty);
        });
    }
}

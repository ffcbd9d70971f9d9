using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Exports;

/// <summary>
/// Gathers what a node keeps of a person into words, each signed with the institution's identity key.
/// </summary>
public sealed class WordSigner(Hash256 chainId, SigningKey identity, TimeProvider time)
{
    /// <summary>The words of an answer, one after the other; at least one, of which the last says that it is.</summary>
    public IEnumerable<SchoolWord> Sign(TellRequest request, ulong height, IEnumerable<HeldItem> items)
    {
        uint number = 0;
        int bytes = 0;
        SchoolWordBody word = Begin(request, height, number);
        foreach (HeldItem item in items)
        {
            if (bytes >= ExportLimits.WordBytesUsual)
            {
                yield return Finish(word);
                number++;
                bytes = 0;
                word = Begin(request, height, number);
            }

            word.Items.Add(item);
            bytes += item.CalculateSize();
        }

        word.Last = true;
        yield return Finish(word);
    }

    private SchoolWordBody Begin(TellRequest request, ulong height, uint number) => new()
    {
        ChainId = chainId.ToField(),
        Institution = identity.Address.ToField(),
        Learners = { request.Learners },
        Accounts = { request.Accounts },
        Random = request.Random,
        Number = number,
        Height = height,
    };

    private SchoolWord Finish(SchoolWordBody body)
    {
        body.SignedUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        byte[] bytes = body.ToByteArray();
        return new SchoolWord
        {
            Body = UnsafeByteOperations.UnsafeWrap(bytes),
            Signature = UnsafeByteOperations.UnsafeWrap(identity.Sign(ExportMessages.WordDigest(chainId, bytes))),
        };
    }
}

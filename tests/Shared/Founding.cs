using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;

namespace Ledger.Testing;

/// <summary>The genesis document of schools whose keys the test holds.</summary>
internal static class Founding
{
    private const int FirstPort = 7101;

    /// <summary>One founder for each identity key; the vote keys come in the same order.</summary>
    public static byte[] Document(
        string name, long timeUnixMs, IReadOnlyList<SigningKey> identities, IReadOnlyList<SigningKey> votes)
    {
        Genesis genesis = new() { Version = 1, Name = name, TimeUnixMs = timeUnixMs };
        for (int place = 0; place < identities.Count; place++)
        {
            genesis.Founders.Add(new Founder
            {
                Name = $"School {place}",
                Domain = $"school{place}.example",
                Kind = InstitutionKind.LearningProvider,
                IdentityKey = ByteString.CopyFrom(identities[place].PublicKey.ToArray()),
                VoteKey = ByteString.CopyFrom(votes[place].PublicKey.ToArray()),
                PeerEndpoint = $"https://127.0.0.1:{FirstPort + place}",
            });
        }

        return genesis.ToByteArray();
    }
}

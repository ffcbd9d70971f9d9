using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Builds and signs transactions.</summary>
public static class TestTransaction
{
    public static TransactionBody Body(ulong random, long lastValid, TestParty[] signers, params Operation[][] groups)
    {
        TransactionBody body = new()
        {
            Version = 1,
            Random = ByteString.CopyFrom(new TestRandom(random).Bytes(16)),
            LastValidUnixMs = lastValid,
        };
        body.Signers.AddRange(signers.Select(signer =>
            new Signer { Address = signer.Address.ToField(), PublicKey = signer.Key.ToField() }));
        foreach (Operation[] operations in groups)
        {
            Group group = new();
            group.Operations.AddRange(operations);
            body.Groups.Add(group);
        }

        return body;
    }

    public static SignedTransaction Sign(TransactionBody body, Hash256 chainId) => Sign(
        body.ToByteString(), [.. body.Signers.Select(static signer => new PublicKeyBytes(signer.PublicKey.Span))],
        chainId);

    /// <summary>Signs whatever bytes: a signer may sign what is no body.</summary>
    public static SignedTransaction Sign(ByteString body, PublicKeyBytes[] keys, Hash256 chainId)
    {
        Hash256 id = TransactionId.Of(chainId, body.Span);
        SignedTransaction signed = new() { Body = body };
        signed.Signatures.AddRange(keys.Select(key => ByteString.CopyFrom(TestSignatures.Sign(key, id))));
        return signed;
    }

    public static TransactionReading Read(TransactionBody body, Hash256 chainId) => Read(Sign(body, chainId), chainId);

    public static TransactionReading Read(SignedTransaction signed, Hash256 chainId) =>
        TransactionReader.Read(signed.ToByteArray(), chainId, new TestSignatures());
}

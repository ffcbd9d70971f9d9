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

    public static SignedTransaction Sign(TransactionBody body, Hash256 chainId)
    {
        SignedTransaction signed = new() { Body = body.ToByteString() };
        Hash256 id = TransactionId.Of(chainId, signed.Body.Span);
        foreach (Signer signer in body.Signers)
        {
            PublicKeyBytes key = new(signer.PublicKey.Span);
            signed.Signatures.Add(ByteString.CopyFrom(TestSignatures.Sign(key, id)));
        }

        return signed;
    }

    public static TransactionReading Read(TransactionBody body, Hash256 chainId) =>
        TransactionReader.Read(Sign(body, chainId).ToByteArray(), chainId, new TestSignatures());
}

using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>
/// A transaction whose body is fixed and whose signatures are being collected, maybe on several machines.
/// </summary>
public sealed class PendingTransaction
{
    private readonly byte[] bodyBytes;
    private readonly byte[]?[] signatures;

    private PendingTransaction(Hash256 chainId, byte[] bodyBytes, TransactionBody body)
    {
        ChainId = chainId;
        this.bodyBytes = bodyBytes;
        Body = body;
        Id = TransactionId.Of(chainId, bodyBytes);
        signatures = new byte[body.Signers.Count][];
    }

    /// <summary>The chain that the signatures bind.</summary>
    public Hash256 ChainId { get; }

    /// <summary>What the signers sign.</summary>
    public Hash256 Id { get; }

    /// <summary>The body; it must not be changed.</summary>
    public TransactionBody Body { get; }

    /// <summary>The body's bytes as they are signed.</summary>
    public ReadOnlyMemory<byte> BodyBytes => bodyBytes;

    /// <summary>Whether every signer has signed.</summary>
    public bool IsComplete => signatures.All(static signature => signature is not null);

    /// <summary>Signers whose signature is missing, in the body's order.</summary>
    public IEnumerable<Address> MissingSigners =>
        Body.Signers.Where((_, place) => signatures[place] is null).Select(
            static signer => new Address(signer.Address.Span));

    /// <summary>Takes canonical body bytes; throws <see cref="FormatException"/> when they are none.</summary>
    public static PendingTransaction Of(Hash256 chainId, byte[] bodyBytes)
    {
        if (bodyBytes.Length > TransactionLimits.TransactionBytesMax
            || !CanonicalMessage.TryParse(TransactionBody.Parser, bodyBytes, out TransactionBody? body)
            || body.Version != TransactionLimits.Version
            || body.Signers.Count is 0 or > TransactionLimits.SignersMax
            || body.Signers.Any(static signer =>
                signer.Address.Length != Address.Size || signer.PublicKey.Length != PublicKeyBytes.Size))
        {
            throw new FormatException("The bytes are not a transaction's body.");
        }

        return new PendingTransaction(chainId, bodyBytes, body);
    }

    /// <summary>Signs with a key; returns whether its public key is among the signers'.</summary>
    public bool AddSignature(SigningKey key)
    {
        bool signed = false;
        for (int place = 0; place < signatures.Length; place++)
        {
            if (new PublicKeyBytes(Body.Signers[place].PublicKey.Span) == key.PublicKey)
            {
                signatures[place] = key.Sign(Id);
                signed = true;
            }
        }

        return signed;
    }

    /// <summary>
    /// Takes a signature that was made elsewhere; false when it is not the one of the signer at this place.
    /// </summary>
    public bool AddSignature(int place, ReadOnlySpan<byte> signature)
    {
        PublicKeyBytes key = new(Body.Signers[place].PublicKey.Span);
        if (!Ed25519Verifier.Instance.Verify(key, Id, signature))
        {
            return false;
        }

        signatures[place] = signature.ToArray();
        return true;
    }

    /// <summary>The signature at a place, or null while it is missing.</summary>
    public ReadOnlyMemory<byte>? SignatureAt(int place) => signatures[place];

    /// <summary>
    /// The serialised SignedTransaction; throws <see cref="InvalidOperationException"/> while a signature is missing.
    /// </summary>
    public byte[] ToSignedBytes()
    {
        if (!IsComplete)
        {
            throw new InvalidOperationException("A signature is missing.");
        }

        SignedTransaction signed = new() { Body = UnsafeByteOperations.UnsafeWrap(bodyBytes) };
        signed.Signatures.AddRange(signatures.Select(static signature => UnsafeByteOperations.UnsafeWrap(signature)));
        return signed.ToByteArray();
    }
}

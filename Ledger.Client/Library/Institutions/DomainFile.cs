using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Client.Institutions;

/// <summary>
/// What an institution publishes at its domain, so that members who vote on it see that whoever holds the identity key
/// also holds the domain: <c>https://DOMAIN/.well-known/learning-ledger.json</c>. Rule K-66 of the protocol.
/// </summary>
/// <param name="ChainId">The chain that it joins.</param>
/// <param name="Domain">The domain, in lower case.</param>
/// <param name="Address">Its address there.</param>
/// <param name="PublicKey">Its identity key.</param>
/// <param name="Signature">That key's signature over chain, domain and address, 64 bytes.</param>
public sealed record DomainFile(
    Hash256 ChainId, string Domain, Address Address, PublicKeyBytes PublicKey, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Where the file stands under a domain.</summary>
    public const string Path = "/.well-known/learning-ledger.json";

    /// <summary>A file is a few hundred bytes long; whatever is longer is something else.</summary>
    public const int FileBytesMax = 16 * 1024;

    /// <summary>Makes the file of an institution that signs with this key.</summary>
    public static DomainFile Create(Hash256 chainId, string domain, Address address, SigningKey key) =>
        new(chainId, domain, address, key.PublicKey, key.Sign(DigestOf(chainId, domain, address)));

    /// <summary>H(domain-file, chain id, domain in UTF-8, address): what the identity key signs.</summary>
    public static Hash256 DigestOf(Hash256 chainId, string domain, Address address)
    {
        HashBuilder builder = new(Tags.DomainFile, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(System.Text.Encoding.UTF8.GetBytes(domain));
        builder.Add(address);
        return builder.Finish();
    }

    /// <summary>
    /// Compares what a domain serves with what the registrar holds of an institution: its address and current key.
    /// </summary>
    public static DomainVerdict Judge(
        ReadOnlySpan<byte> served, Hash256 chainId, string domain, Address address, PublicKeyBytes key)
    {
        if (TryParse(served) is not { } file)
        {
            return DomainVerdict.Unreadable;
        }

        if (file.ChainId != chainId)
        {
            return DomainVerdict.OtherChain;
        }

        if (!string.Equals(file.Domain, domain, StringComparison.Ordinal))
        {
            return DomainVerdict.OtherDomain;
        }

        if (file.Address != address)
        {
            return DomainVerdict.OtherAddress;
        }

        if (file.PublicKey != key)
        {
            return DomainVerdict.OtherKey;
        }

        return Ed25519Verifier.Instance.Verify(key, DigestOf(chainId, domain, address), file.Signature.Span)
            ? DomainVerdict.Matches
            : DomainVerdict.WrongSignature;
    }

    /// <summary>Reads a file's bytes, or null where they are none. The signature is not checked.</summary>
    public static DomainFile? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            DomainFileDocument? document = JsonSerializer.Deserialize(json, DomainFileJson.Default.DomainFileDocument);
            return document is not null
                && Hash256.TryParse(document.ChainId, out Hash256 chainId)
                && Address.TryParse(document.Address, out Address address)
                && PublicKeyBytes.TryRead(Convert.FromHexString(document.PublicKey), out PublicKeyBytes key)
                    ? new DomainFile(
                        chainId, document.Domain, address, key, Convert.FromHexString(document.Signature))
                    : null;
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The bytes to serve.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new DomainFileDocument(
            ChainId.ToString(),
            Domain,
            Address.ToString(),
            PublicKey.ToString(),
            Convert.ToHexStringLower(Signature.Span)),
        DomainFileJson.Default.DomainFileDocument);
}

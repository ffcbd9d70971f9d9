using System.Text;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Somebody with a name and a key that follows from it.</summary>
public sealed record TestParty(string Name)
{
    public PublicKeyBytes Key { get; init; } = KeyOf("identity " + Name);

    public PublicKeyBytes VoteKey { get; } = KeyOf("vote " + Name);

    /// <summary>From the first key, and so the same with another one.</summary>
    public Address Address { get; } = Address.Of(KeyOf("identity " + Name));

    public string Domain => Name + ".example.org";

    private static PublicKeyBytes KeyOf(string text)
    {
        Span<byte> bytes = stackalloc byte[PublicKeyBytes.Size];
        TaggedHash.Of("test/key"u8, Encoding.UTF8.GetBytes(text)).CopyTo(bytes);
        return new PublicKeyBytes(bytes);
    }
}

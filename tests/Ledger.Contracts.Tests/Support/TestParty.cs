using System.Text;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Somebody with a name and a key that follows from it.</summary>
public sealed record TestParty(string Name)
{
    public PublicKeyBytes Key { get; private init; } = KeyOf("identity " + Name);

    public PublicKeyBytes VoteKey { get; } = KeyOf("vote " + Name);

    public Address Address { get; private init; } = Address.Of(KeyOf("identity " + Name));

    public string Domain => Name + ".example.org";

    /// <summary>The same address under another key.</summary>
    public TestParty With(PublicKeyBytes key) => this with { Key = key };

    /// <summary>Somebody whose address derives from this key.</summary>
    public TestParty WithFirst(PublicKeyBytes key) => this with { Key = key, Address = Address.Of(key) };

    private static PublicKeyBytes KeyOf(string text)
    {
        Span<byte> bytes = stackalloc byte[PublicKeyBytes.Size];
        TaggedHash.Of("test/key"u8, Encoding.UTF8.GetBytes(text)).CopyTo(bytes);
        return new PublicKeyBytes(bytes);
    }
}

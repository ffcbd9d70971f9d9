using Ledger.Primitives;

namespace Ledger.Node.Sealing;

/// <summary>What a sealed value holds, or that its key was erased: then nobody opens it any more.</summary>
public readonly record struct OpenedContent
{
    private readonly byte[]? bytes;

    private OpenedContent(byte[] bytes) => this.bytes = bytes;

    /// <summary>The key was erased; so says the default, too.</summary>
    public static OpenedContent KeyErased => default;

    /// <summary>Opened, with these bytes.</summary>
    public static OpenedContent Opened(byte[] bytes) => new(bytes);

    /// <summary>Whether the key was erased.</summary>
    public bool IsKeyErased => bytes is null;

    /// <summary>The bytes, of a value that was opened.</summary>
    /// <exception cref="InvariantException">The key was erased; that is to be asked before.</exception>
    public byte[] Bytes => bytes ?? throw new InvariantException("what has no key any more is not read");
}

using Ledger.Primitives;

namespace Ledger.Node.Sealing;

/// <summary>
/// What a sealed value holds; or that its key was erased, and then nobody opens it any more; or that it does not open
/// now, because it or its key is damaged or lost, and may open again once a backup is put back.
/// </summary>
public readonly record struct OpenedContent
{
    private readonly byte[]? bytes;
    private readonly SealDamagedException? problem;

    private OpenedContent(byte[]? bytes, SealDamagedException? problem)
    {
        this.bytes = bytes;
        this.problem = problem;
    }

    /// <summary>The key was erased; so says the default, too.</summary>
    public static OpenedContent KeyErased => default;

    /// <summary>Opened, with these bytes.</summary>
    public static OpenedContent Opened(byte[] bytes) => new(bytes, null);

    /// <summary>It does not open, for this reason.</summary>
    internal static OpenedContent Unreadable(SealDamagedException problem) => new(null, problem);

    /// <summary>Whether the key was erased.</summary>
    public bool IsKeyErased => bytes is null && problem is null;

    /// <summary>Whether the key is lost and not erased: the value opens again once the key is put back.</summary>
    public bool IsKeyLost => problem is { LostKey: not null };

    /// <summary>The bytes, of a value that was opened; null of every other one.</summary>
    public byte[]? BytesOrNull => bytes;

    /// <summary>The bytes, of a value that was opened.</summary>
    /// <exception cref="InvariantException">It was not; that is to be asked before.</exception>
    public byte[] Bytes => bytes ?? throw new InvariantException("what does not open is not read");
}

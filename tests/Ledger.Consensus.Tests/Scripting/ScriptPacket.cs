namespace Ledger.Consensus.Tests;

/// <summary>
/// Something on its way: a signed message, or a request for blocks, or one block of an answer. <see cref="Kind"/> is
/// the word by which scripts choose it.
/// </summary>
internal sealed record ScriptPacket(string From, string To, string Kind, byte[] Message)
{
    public const string RequestKind = "request";

    public const string BlockKind = "block";

    /// <summary>The first height of a request.</summary>
    public ulong FromHeight { get; init; }

    /// <summary>The decided block of an answer.</summary>
    public ProposalBlock? Block { get; init; }

    public Certificate? Certificate { get; init; }
}

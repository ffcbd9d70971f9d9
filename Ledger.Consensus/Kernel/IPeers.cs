namespace Ledger.Consensus;

/// <summary>Carries bytes to other nodes; may lose, delay, repeat and reorder them, and never waits.</summary>
public interface IPeers
{
    /// <summary>The most blocks of an answer: what a replica keeps ahead of its head (C-17).</summary>
    const ulong PortionBlocks = 64;

    /// <summary>Sends the bytes of a signed message.</summary>
    void Send(ReadOnlyMemory<byte> message, Recipients recipients);

    /// <summary>
    /// Asks a validator for a portion of decided blocks from a height on. Only its blocks are taken until another is
    /// asked (C-17).
    /// </summary>
    void RequestBlocks(Ledger.Primitives.Address validator, ulong fromHeight);
}

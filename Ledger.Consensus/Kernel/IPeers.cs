namespace Ledger.Consensus;

/// <summary>Carries bytes to other nodes; may lose, delay, repeat and reorder them, and never waits.</summary>
public interface IPeers
{
    /// <summary>Sends the bytes of a signed message.</summary>
    void Send(ReadOnlyMemory<byte> message, Recipients recipients);

    /// <summary>Asks a validator for decided blocks from a height on (C-17).</summary>
    void RequestBlocks(Ledger.Primitives.Address validator, ulong fromHeight);
}

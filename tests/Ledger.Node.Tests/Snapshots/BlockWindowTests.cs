using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Keys;
using Ledger.Node.Protos;
using Ledger.Node.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Snapshots;

public sealed class BlockWindowTests
{
    [Test]
    public void Every_changed_byte_of_a_window_is_refused()
    {
        using RecordedChain original = new(blocks: 16, records: 1);
        // The signatures above the changed byte are the same in thousands of windows: they are computed once.
        CertifiedChain chain = CertifiedChain.Begin(
            GenesisState.Build(original.Ledger.GenesisBytes), new RememberingVerifier(Ed25519Verifier.Instance));
        Hash256 hash = original.Chain.Head.BlockHash;
        original.Server.Offers(new SnapshotListRequest());
        byte[] bytes = original.Server.Piece(new SnapshotPieceRequest
        {
            BlockHash = ByteString.CopyFrom(hash.ToArray()),
            WindowFrom = 16,
        })!.Content.ToByteArray();
        Assert.That(IsTaken(bytes, hash, chain, 16), Is.True);

        int refused = 0;
        for (int place = 0; place < bytes.Length; place += 3)
        {
            byte[] changed = [.. bytes];
            changed[place] ^= (byte)(1 << (place % 8));
            Assert.That(IsTaken(changed, hash, chain, 16), Is.False, $"byte {place} of {bytes.Length}");
            refused++;
        }

        TestContext.Out.WriteLine($"1 window of 16 blocks taken, {refused} changed windows refused");
    }

    // As staging reads it: canonical, downwards, without a gap.
    private static bool IsTaken(byte[] bytes, Hash256 hash, CertifiedChain chain, ulong height)
    {
        if (!CanonicalMessage.TryParse(BlockWindow.Parser, bytes, out BlockWindow? window))
        {
            return false;
        }

        foreach (WindowBlock block in window.Blocks)
        {
            if (!BlockWindows.TryRead(block, height, hash, chain, out BlockHeader? header, out _))
            {
                return false;
            }

            hash = header.ParentHash;
            height--;
        }

        return height == 0;
    }
}

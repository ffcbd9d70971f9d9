using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Hosting;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Agreement;

public sealed class PeerPortTests
{
    [Test]
    public async Task A_large_message_that_is_sent_again_and_again_is_one_frame_in_all_queues()
    {
        using TestLedger ledger = new();
        using DatabaseFolder folder = new();
        using TlsIdentity tls = TlsIdentity.Load(
            TlsIdentity.Generate("test", DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time)));
        await using PeerNetwork network = new(
            new LedgerPeerDirectory(
                ledger.Identities[0].Address, new ChainBuilder(ledger, folder).Chain, new Dictionary<string, string>()),
            new PeerCredentials(ledger.ChainId, tls, new TlsBinding(), Ed25519Verifier.Instance),
            new PeerClocks(TimeProvider.System, NullLogger.Instance),
            NullLoggerFactory.Instance);
        PeerPort port = new(network);
        byte[] newView = Message(ledger.Identities[1].Address, 1_000_000, 1);
        byte[] another = Message(ledger.Identities[1].Address, 1_000_000, 2);

        Frame first = port.FrameOf(newView);
        port.FrameOf(Message(ledger.Identities[1].Address, 100, 3));

        Assert.That(port.FrameOf(newView.ToArray()), Is.SameAs(first));
        Assert.That(port.FrameOf(another).Consensus.Body.Span[0], Is.EqualTo(2));
    }

    private static byte[] Message(Address sender, int bytes, byte fill) => SignedEnvelope.Of(
        sender, [.. Enumerable.Repeat(fill, bytes)], new byte[Certificate.SignatureBytes]).Encode();
}

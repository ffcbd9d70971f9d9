using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;

namespace Ledger.Fuzz;

/// <summary>
/// One honest validator of four, and one liar who signs whatever the input is. Each input meets a kernel of its own, so
/// that it comes back alone. The liar must never stop the kernel, nor decide a block with it.
/// </summary>
internal sealed class KernelSession : IFuzzSession
{
    private const int Liar = 0;
    private const int Self = 3;
    private const ulong StartNonce = 7;
    private const int TicksAfter = 3;

    /// <summary>Bodies that the liar, who leads view 0, could rightly send.</summary>
    public static IReadOnlyList<byte[]> Samples()
    {
        ConsensusMessage.ViewChange leaving = new(0, 1, 4, null, null);
        ConsensusMessage.NewView begun = new(
            0, 1, 4, [.. Enumerable.Range(0, 3).Select(place => HashSignatures.EnvelopeOf(
                place, MessageCodec.Encode(leaving)))]);
        return
        [
            .. ConsensusSamples.Messages().Select(MessageCodec.Encode),
            MessageCodec.Encode(begun),
            MessageCodec.Encode(WitnessOf()),
        ];
    }

    public bool Take(byte[] input)
    {
        KernelWorld world = new(ConsensusSamples.Set[Self].VoteKey);
        ReplicaKernel kernel = Begin(world);
        bool taken = false;
        foreach (SignedEnvelope envelope in (SignedEnvelope[])[Enveloped(input), Enveloped(WithOwnSignatures(input))])
        {
            (int Votes, int Evidence, ulong View) before = (world.Votes, world.Evidence, kernel.View);
            if (MessageVerifier.TryVerify(
                envelope.Encode(),
                ConsensusSamples.ChainId,
                ConsensusSamples.Set,
                HashSignatures.Instance,
                out VerifiedMessage? message))
            {
                kernel.Handle(new Input.MessageReceived(message));
                world.Answer(kernel);
                taken = true;
            }
            else
            {
                FuzzViolation.Unless(
                    before == (world.Votes, world.Evidence, kernel.View), "a refused message changed the kernel");
            }
        }

        for (int tick = 0; tick < TicksAfter; tick++)
        {
            kernel.Handle(new Input.Tick());
            world.Answer(kernel);
        }

        FuzzViolation.Unless(kernel.Height == 0 && world.Commits == 0, "one liar decided a block");
        return taken;
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private static ConsensusMessage.Witness WitnessOf() => new(
        0, 0, 0, ConsensusSamples.Set[Self].Address, StartNonce, null);

    private static ReplicaKernel Begin(KernelWorld world)
    {
        ReplicaKernel kernel = ReplicaKernel.Recover(
            new RecoveredState(
                ConsensusSamples.ChainId,
                ConsensusSamples.Set[Self].Address,
                0,
                Consensus.BlockHeader.HashOf(ConsensusSamples.Genesis.Encode()),
                ConsensusSamples.Genesis.TimeUnixMs,
                0,
                0,
                ConsensusSamples.Set,
                StartNonce,
                default,
                []),
            new KernelPorts(world, world, world, HashSignatures.Instance, world, world));
        for (int place = 0; place < Self; place++)
        {
            SignedEnvelope witness = HashSignatures.EnvelopeOf(place, MessageCodec.Encode(WitnessOf()));
            if (MessageVerifier.TryVerify(
                witness, ConsensusSamples.ChainId, ConsensusSamples.Set, HashSignatures.Instance,
                out VerifiedMessage? message))
            {
                kernel.Handle(new Input.MessageReceived(message));
            }
        }

        kernel.Handle(new Input.WorkChanged(true));
        world.Answer(kernel);
        return kernel;
    }

    private static SignedEnvelope Enveloped(byte[] body) => HashSignatures.EnvelopeOf(Liar, body);

    /// <summary>What stands inside under the liar's name is signed too, whatever it is.</summary>
    private static byte[] WithOwnSignatures(byte[] input)
    {
        if (TargetBuilder.TryParse(ConsensusBody.Parser, input) is not { NewView: not null } body)
        {
            return input;
        }

        byte[] liar = ConsensusSamples.Set[Liar].Address.ToArray();
        foreach (SignedMessage inner in body.NewView.ViewChanges)
        {
            inner.Sender = inner.Sender.Length == liar.Length ? inner.Sender : ByteString.CopyFrom(liar);
            int place = ConsensusSamples.Set.IndexOf(new Primitives.Address(inner.Sender.Span));
            if (place is < 0 or Liar)
            {
                inner.MergeFrom(HashSignatures.EnvelopeOf(Liar, inner.Body.Span).ToMessage());
            }
        }

        return body.ToByteArray();
    }
}

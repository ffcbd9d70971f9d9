using System.Diagnostics;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>
/// Says whether this node is ready for an approved change of seats (C-21). It signs only for what its own state has
/// approved, so that nobody collects signatures for a set that the members did not decide on.
/// </summary>
public sealed class ReadyAnswers(Address self, ChainState chain, KernelHost host, PeerNetwork network)
{
    /// <summary>Length of a request's nonce.</summary>
    public const int NonceBytes = 16;

    /// <summary>
    /// A node that asks more often is not answered: signing takes the time of agreement's own thread.
    /// </summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Dictionary<Address, long> answered = [];

    /// <summary>Answers another node.</summary>
    public void Answer(Address from, ReadyRequest request)
    {
        if (request.Nonce.Length == NonceBytes
            && Hash256.TryRead(request.NewSet.Span, out Hash256 newSet)
            && MayAnswer(from))
        {
            host.Ask(kernel => network.Send(
                from,
                new Frame { ReadyAnswer = Judge(kernel, request.Nonce, request.Proposal, newSet) },
                FrameQueue.Urgent));
        }
    }

    /// <summary>This node's own answer.</summary>
    public Task<ReadyAnswer> OwnAsync(ByteString nonce, ulong change, Hash256 newSet)
    {
        TaskCompletionSource<ReadyAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Ask(kernel => answer.TrySetResult(Judge(kernel, nonce, change, newSet)));
        return answer.Task;
    }

    private bool MayAnswer(Address from)
    {
        lock (gate)
        {
            long now = Stopwatch.GetTimestamp();
            bool may = !answered.TryGetValue(from, out long last) || Stopwatch.GetElapsedTime(last, now) >= Between;
            answered[from] = may ? now : last;
            return may;
        }
    }

    // On the kernel's thread, where state and kernel stand at one height.
    private ReadyAnswer Judge(ReplicaKernel kernel, ByteString nonce, ulong change, Hash256 newSet)
    {
        LedgerHead head = chain.Head;
        ReadyAnswer answer = new()
        {
            Nonce = nonce,
            Height = head.Height,
            HeadHash = ByteString.CopyFrom(head.BlockHash.ToArray()),
            Behind = kernel.BehindBy,
        };
        if (kernel.BehindBy > ReplicaKernel.ReadyBehindMax)
        {
            answer.Refusal = ReadyRefusal.Behind;
            return answer;
        }

        // The end of an approval is the executing block's to judge; what is a moment late is refused there.
        (ValidatorSet? set, _) = SeatOutlook.Of(head.State, change, head.Header.TimeUnixMs);
        if (set is null || set.Hash != newSet)
        {
            answer.Refusal = ReadyRefusal.NotApproved;
        }
        else if (kernel.SignReady(set) is { } ready)
        {
            answer.Signature = ByteString.CopyFrom(ready.Signature.Span);
        }
        else
        {
            answer.Refusal = WhyNot(kernel, set);
        }

        return answer;
    }

    private ReadyRefusal WhyNot(ReplicaKernel kernel, ValidatorSet set) =>
        kernel.Standing == Standing.Stopped ? ReadyRefusal.Stopped
        : set.IndexOf(self) < 0 ? ReadyRefusal.NoSeat
        : ReadyRefusal.NoKey;
}

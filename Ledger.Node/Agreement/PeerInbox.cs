using System.Diagnostics.CodeAnalysis;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// What peers said and the kernel has not heard yet: a share for each sender, and the senders take turns, so that one
/// who fills its share delays nobody else by more than one message. What one sender says keeps its order, but for
/// messages that carry certificates, which cost the kernel many signatures: of each kind one a tick is heard, the
/// newest. Not thread-safe.
/// </summary>
public sealed class PeerInbox
{
    /// <summary>Messages of one sender that wait: more than an honest one says in a second.</summary>
    public const int ShareMessagesMax = 256;

    /// <summary>Bytes of one sender that wait: two of the largest messages. The last one may reach over it.</summary>
    public const int ShareBytesMax = 2 * SignedEnvelope.BytesMax;

    private readonly Dictionary<Address, SenderShare> shares = [];
    private readonly Queue<SenderShare> turns = new();

    /// <summary>Whether nothing can be taken.</summary>
    public bool IsEmpty => turns.Count == 0;

    /// <summary>
    /// Takes a message in. False when the sender's share is full: <paramref name="room"/> ends once it has room again.
    /// </summary>
    public bool TryAdd(Address from, Input input, int bytes, [NotNullWhen(false)] out Task? room)
    {
        SenderShare share = ShareOf(from);
        room = null;
        if (CostlyKindOf(input) is MessageKind kind)
        {
            if (share.Costly.TryGetValue(kind, out CostlySlot? slot))
            {
                slot.Held = input;
                return true;
            }

            share.Costly[kind] = new CostlySlot { IsWaiting = true };
        }
        else if (share.Waiting.Count >= ShareMessagesMax || share.Bytes >= ShareBytesMax)
        {
            room = share.Room.Task;
            return false;
        }

        Enqueue(share, input, bytes);
        return true;
    }

    /// <summary>The next message; its sender's next one comes after one of every other sender.</summary>
    public bool TryTake([NotNullWhen(true)] out Input? input)
    {
        input = null;
        if (!turns.TryDequeue(out SenderShare? share))
        {
            return false;
        }

        (input, int bytes) = share.Waiting.Dequeue();
        share.Bytes -= bytes;
        share.Room.TrySetResult();
        share.Room = SenderShare.NoRoom();
        if (CostlyKindOf(input) is MessageKind kind)
        {
            share.Costly[kind].IsWaiting = false;
        }

        if (share.Waiting.Count > 0)
        {
            turns.Enqueue(share);
        }
        else if (share.Costly.Count == 0)
        {
            shares.Remove(share.Sender);
        }

        return true;
    }

    /// <summary>A tick has passed: of what was held back, the newest of each sender and kind is heard.</summary>
    public void OnTick()
    {
        foreach (SenderShare share in shares.Values.Where(share => share.Costly.Count > 0).ToArray())
        {
            foreach ((MessageKind kind, CostlySlot slot) in share.Costly.Where(slot => !slot.Value.IsWaiting).ToArray())
            {
                LetIn(share, kind, slot);
            }

            if (share.Costly.Count == 0 && share.Waiting.Count == 0)
            {
                shares.Remove(share.Sender);
            }
        }
    }

    private static MessageKind? CostlyKindOf(Input input) =>
        input is Input.MessageReceived { Message.Content.Kind: MessageKind.ViewChange or MessageKind.NewView } costly
            ? costly.Message.Content.Kind
            : null;

    private void LetIn(SenderShare share, MessageKind kind, CostlySlot slot)
    {
        if (slot.Held is not { } held)
        {
            share.Costly.Remove(kind);
            return;
        }

        slot.Held = null;
        slot.IsWaiting = true;
        Enqueue(share, held, 0);
    }

    private SenderShare ShareOf(Address from)
    {
        if (!shares.TryGetValue(from, out SenderShare? share))
        {
            share = new SenderShare(from);
            shares[from] = share;
        }

        return share;
    }

    private void Enqueue(SenderShare share, Input input, int bytes)
    {
        share.Waiting.Enqueue((input, bytes));
        share.Bytes += bytes;
        if (share.Waiting.Count == 1)
        {
            turns.Enqueue(share);
        }
    }

    private sealed class SenderShare(Address sender)
    {
        public Address Sender => sender;

        public Queue<(Input Input, int Bytes)> Waiting { get; } = new();

        public int Bytes { get; set; }

        public TaskCompletionSource Room { get; set; } = NoRoom();

        public SortedDictionary<MessageKind, CostlySlot> Costly { get; } = [];

        public static TaskCompletionSource NoRoom() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A kind of which one was let in since the last tick but one.</summary>
    private sealed class CostlySlot
    {
        /// <summary>Whether the one that was let in was not heard yet.</summary>
        public bool IsWaiting { get; set; }

        /// <summary>The newest that came after it.</summary>
        public Input? Held { get; set; }
    }
}

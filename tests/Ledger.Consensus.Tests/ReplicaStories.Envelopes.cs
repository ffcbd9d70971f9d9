using Google.Protobuf;

namespace Ledger.Consensus.Tests;

/// <summary>Stories of envelopes that arrive inside other messages, where nobody has compared their bytes.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_new_view_of_view_changes_that_came_with_unknown_fields_is_taken_by_the_others()
    {
        ScriptedNode leader = Node(1);
        leader.Receive(Padded(Leave(2, 1), 20));
        leader.Receive(Padded(Leave(3, 1), 20));
        VerifiedMessage newView = leader.Sent.Single(one => one.Message.Content.Kind == MessageKind.NewView).Message;
        ScriptedNode follower = Node(2);
        bool verified = MessageVerifier.TryVerify(
            newView.Envelope.Encode(), chain.ChainId, chain.Set, chain.Keys, out VerifiedMessage? received);
        Assert.That(verified, Is.True);
        follower.Receive(received!);
        Assert.That((follower.Kernel.View, follower.Kernel.IsChangingView), Is.EqualTo((1UL, false)));
    }

    [Test]
    public void Padding_outside_the_signature_does_not_count_and_is_not_kept()
    {
        VerifiedMessage message = Leave(2, 1);
        VerifiedMessage received = Padded(message, SignedEnvelope.BytesMax);
        Assert.That(received.Envelope.Encode(), Is.EqualTo(message.Envelope.Encode()));
    }

    [Test]
    public void A_body_over_the_limit_is_no_envelope_wherever_it_comes_from()
    {
        Protos.SignedMessage message = Leave(2, 1).Envelope.ToMessage();
        Protos.SignedMessage tooLong = new()
        {
            Sender = message.Sender,
            Body = ByteString.CopyFrom(new byte[SignedEnvelope.BytesMax]),
            Signature = message.Signature,
        };
        Assert.That(SignedEnvelope.TryRead(tooLong, out _), Is.False);
    }
}

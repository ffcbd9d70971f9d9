using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Tests.Verification;

/// <summary>A key history that is proved needs no node and no trust in one.</summary>
public sealed class KeyHistoryCheckTests
{
    private SmallChain chain = null!;
    private SigningKey second = null!;
    private long rotated;

    [SetUp]
    public void Begin()
    {
        chain = new SmallChain();
        second = SigningKey.FromSecret(Enumerable.Repeat((byte)77, 32).ToArray());
        chain.Decide([chain.School], Operations.RotateKey(chain.ChainId, chain.School.Address, 2, second));
        Assert.That(chain.LastCode, Is.EqualTo(ResultCode.Accepted));
        rotated = chain.Head.TimeUnixMs;
    }

    [TearDown]
    public void End()
    {
        chain.Dispose();
        second.Dispose();
    }

    [Test]
    public void Counter_and_instances_make_it()
    {
        KeyHistory? history = KeyHistoryCheck.Verify(
            chain.School.Address, Of(0), [Of(1), Of(2)], chain.Trust);
        Assert.That(history!.AtTime(rotated - 1), Is.EqualTo(chain.School.PublicKey));
        Assert.That(history.AtTime(rotated), Is.EqualTo(second.PublicKey));
    }

    [Test]
    public void One_that_is_missing_changed_or_of_another_place_is_told()
    {
        StateEvidence changed = Of(1).Clone();
        KeyInstance other = KeyInstance.Parser.ParseFrom(changed.Value);
        other.ClosedUnixMs++;
        changed.Value = Google.Protobuf.MessageExtensions.ToByteString(other);
        foreach (StateEvidence[] proofs in new StateEvidence[][]
        {
            [], [Of(1)], [Of(2), Of(1)], [Of(1), Of(1)], [changed, Of(2)],
        })
        {
            Assert.That(KeyHistoryCheck.Verify(chain.School.Address, Of(0), proofs, chain.Trust), Is.Null);
        }

        Assert.That(KeyHistoryCheck.Verify(chain.School.Address, Of(1), [Of(1), Of(2)], chain.Trust), Is.Null);
        Assert.That(
            KeyHistoryCheck.Verify(chain.Identities[1].Address, Of(0), [Of(1), Of(2)], chain.Trust), Is.Null);

        StateEvidence before = Of(0);
        chain.Decide([second], Operations.Settle());
        Assert.That(
            KeyHistoryCheck.Verify(chain.School.Address, before, [Of(1), Of(2)], chain.Trust),
            Is.Null,
            "The keys are those of another block than the counter.");
    }

    private StateEvidence Of(ulong number)
    {
        InstanceSeries series = StateKeys.SigningKeys(chain.School.Address);
        return chain.Evidence(number == 0 ? series.Counter : series.At(number));
    }
}

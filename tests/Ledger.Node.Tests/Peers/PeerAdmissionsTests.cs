using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Peers;

public sealed class PeerAdmissionsTests
{
    private static readonly Address North = new(Bytes(1));
    private static readonly Address South = new(Bytes(2));

    [Test]
    public void A_key_is_its_institutions_until_a_higher_binding_replaces_it()
    {
        PeerAdmissions admissions = new();

        Assert.That(admissions.Admit(Key(1), North, 1), Is.True);
        Assert.That(admissions.Find(Key(1)), Is.EqualTo(North));
        Assert.That(admissions.Admit(Key(2), North, 2), Is.True);
        Assert.That(admissions.Find(Key(2)), Is.EqualTo(North));
        Assert.That(admissions.Find(Key(1)), Is.Null);
    }

    [Test]
    public void A_lower_number_than_was_seen_is_refused_and_changes_nothing()
    {
        PeerAdmissions admissions = new();
        admissions.Admit(Key(2), North, 2);

        Assert.That(admissions.Admit(Key(1), North, 1), Is.False);
        Assert.That(admissions.Find(Key(1)), Is.Null);
        Assert.That(admissions.Find(Key(2)), Is.EqualTo(North));
    }

    [Test]
    public void Numbers_of_one_institution_do_not_count_for_another()
    {
        PeerAdmissions admissions = new();
        admissions.Admit(Key(1), North, 7);

        Assert.That(admissions.Admit(Key(2), South, 1), Is.True);
        Assert.That(admissions.Find(Key(1)), Is.EqualTo(North));
        Assert.That(admissions.Find(Key(3)), Is.Null);
    }

    private static Hash256 Key(byte fill) => new(Bytes(fill));

    private static byte[] Bytes(byte fill) => [.. Enumerable.Repeat(fill, Hash256.Size)];
}

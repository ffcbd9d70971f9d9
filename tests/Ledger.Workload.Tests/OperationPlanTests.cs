namespace Ledger.Workload.Tests;

/// <summary>The plan of 3,104 operations, and the native plan of the same effect.</summary>
[TestFixture]
public sealed class OperationPlanTests
{
    private static readonly OperationPlan Plan = new(new PaperSample(20190412), PlanTurn.First);
    private static readonly NativePlan Native = new(Plan.Operations);

    [TestCase(OperationKind.Register, 1)]
    [TestCase(OperationKind.Vote, 3)]
    [TestCase(OperationKind.PicCreate, 4 + 1)]
    [TestCase(OperationKind.PublishEndpoint, 4 + 1)]
    [TestCase(OperationKind.PublishEncryptionKey, 4)]
    [TestCase(OperationKind.PublishTlsBinding, 4)]
    [TestCase(OperationKind.UicCreate, 291)]
    [TestCase(OperationKind.Enrol, 291)]
    [TestCase(OperationKind.LlpcCreate, 500)]
    [TestCase(OperationKind.PicInsert, 500)]
    [TestCase(OperationKind.UicInsert, 500)]
    [TestCase(OperationKind.LlpcInsert, 500)]
    [TestCase(OperationKind.LlpcGrant, 500)]
    public void Each_kind_has_its_count(OperationKind kind, int expected)
    {
        Assert.That(Plan.CountOf(kind), Is.EqualTo(expected));
    }

    [Test]
    public void The_plan_has_the_papers_totals()
    {
        Assert.That(Plan.Operations, Has.Count.EqualTo(3_104));
        Assert.That(Enum.GetValues<OperationKind>().Sum(Plan.CountOf), Is.EqualTo(3_104));
        Assert.That(Plan.Operations.Count(o => OperationPlan.IsIndexOperation(o.Kind)), Is.EqualTo(1_000));
        Assert.That(Plan.Operations.Count(operation => operation.Record is not null), Is.EqualTo(2_500));
        Assert.That(Plan.Operations.Count(o => o is { Record: null, Learner: not null }), Is.EqualTo(582));
        Assert.That(Plan.Operations.Count(operation => operation.Learner is null), Is.EqualTo(22));
    }

    [Test]
    public void A_second_sample_takes_as_many_operations_and_creates_no_founders_index_again()
    {
        OperationPlan second = new(new PaperSample(20190413), PlanTurn.Second);
        int Difference(OperationKind kind) => second.CountOf(kind) - Plan.CountOf(kind);
        Assert.That(second.Operations, Has.Count.EqualTo(PaperFigures.Operations));
        Assert.That(Difference(OperationKind.PicCreate), Is.EqualTo(-4));
        Assert.That(Difference(OperationKind.Vote), Is.EqualTo(1), "five members need four votes");
        Assert.That(Difference(OperationKind.PublishEncryptionKey), Is.EqualTo(3));
        Assert.That(
            Enum.GetValues<OperationKind>().Count(kind => Difference(kind) != 0), Is.EqualTo(3), "others are as many");
        for (int number = 0; number < second.Operations.Count; number++)
        {
            Assert.That(second.Operations[number].Number, Is.EqualTo(number));
            Assert.That(second.Operations[number].DependsOn, Is.Unique.And.All.LessThan(number));
        }
    }

    [Test]
    public void Numbers_are_positions_and_dependencies_come_before()
    {
        for (int number = 0; number < Plan.Operations.Count; number++)
        {
            Assert.That(Plan.Operations[number].Number, Is.EqualTo(number));
            Assert.That(Plan.Operations[number].DependsOn, Is.Unique.And.All.LessThan(number));
        }
    }

    [Test]
    public void A_record_waits_for_its_contract_its_indexes_and_its_people()
    {
        foreach (IGrouping<int?, PlannedOperation> record in
            Plan.Operations.Where(operation => operation.Record is not null).GroupBy(operation => operation.Record))
        {
            Dictionary<OperationKind, PlannedOperation> of = record.ToDictionary(operation => operation.Kind);
            int create = of[OperationKind.LlpcCreate].Number;
            int learner = of[OperationKind.LlpcCreate].Learner!.Value;
            LearningRecord written = Plan.Sample.Records[record.Key!.Value];
            Assert.That(Plan.Sample.Students[learner], Is.EqualTo(written.StudentIndex));
            Assert.That(record.Select(operation => operation.VerbId), Is.All.EqualTo(written.Verb.Id));
            Assert.That(Kinds(of[OperationKind.LlpcCreate]),
                Is.EquivalentTo(new[] { OperationKind.PicCreate, OperationKind.Enrol }));
            Assert.That(of[OperationKind.LlpcCreate].Actor, Is.EqualTo(ActorRole.Institution(written.SchoolIndex)));
            Assert.That(of[OperationKind.PicInsert].DependsOn, Is.EqualTo(new[] { create }));
            Assert.That(of[OperationKind.UicInsert].DependsOn, Is.EqualTo(new[] { create }));
            Assert.That(Kinds(of[OperationKind.LlpcInsert]),
                Is.EquivalentTo(new[] { OperationKind.PicInsert, OperationKind.UicInsert }));
            Assert.That(Kinds(of[OperationKind.LlpcGrant]),
                Is.EquivalentTo(new[] { OperationKind.LlpcCreate, OperationKind.Vote, OperationKind.PicCreate }));
            Assert.That(of[OperationKind.LlpcGrant].Actor, Is.EqualTo(ActorRole.Learner(learner)));
            Assert.That(of[OperationKind.LlpcGrant].Institution, Is.EqualTo(Schools.Harbour.Index));
        }
    }

    [Test]
    public void A_learner_enrols_at_the_own_school_after_making_an_index()
    {
        foreach (PlannedOperation enrol in Plan.Operations.Where(operation => operation.Kind == OperationKind.Enrol))
        {
            School school = Schools.OfStudent(Plan.Sample.Students[enrol.Learner!.Value]);
            PlannedOperation uic = Plan.Operations[enrol.DependsOn.Single()];
            Assert.That(uic.Kind, Is.EqualTo(OperationKind.UicCreate));
            Assert.That(uic.Learner, Is.EqualTo(enrol.Learner));
            Assert.That(enrol.CoSigner, Is.EqualTo(ActorRole.Institution(school.Index)));
        }
    }

    [Test]
    public void Harbour_is_admitted_by_three_different_members()
    {
        PlannedOperation[] votes = Plan.Operations.Where(operation => operation.Kind == OperationKind.Vote).ToArray();
        Assert.That(votes.Select(vote => vote.Actor).Distinct().Count(), Is.EqualTo(3));
        Assert.That(votes.Select(vote => Kinds(vote).Single()), Is.All.EqualTo(OperationKind.Register));
        PlannedOperation[] published = Plan.Operations
            .Where(operation => operation is { Learner: null, Institution: 4 })
            .ToArray();
        Assert.That(published, Has.Length.EqualTo(2));
        int[] voteNumbers = votes.Select(vote => vote.Number).ToArray();
        Assert.That(published.Select(operation => operation.DependsOn), Is.All.EqualTo(voteNumbers));
    }

    [Test]
    public void The_native_plan_holds_every_operation_once()
    {
        int[] numbers = Native.Transactions
            .SelectMany(transaction => transaction.Groups)
            .SelectMany(group => group.Operations)
            .Select(operation => operation.Number)
            .Order()
            .ToArray();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, 3_104)));
    }

    [Test]
    public void The_native_plan_waits_for_earlier_transactions_only()
    {
        var done = new HashSet<int>();
        foreach (NativeTransaction transaction in Native.Transactions)
        {
            Assert.That(transaction.DependsOn, Is.All.LessThan(transaction.Number));
            foreach (PlannedOperation operation in transaction.Groups.SelectMany(group => group.Operations))
            {
                Assert.That(operation.DependsOn, Is.All.Matches<int>(done.Contains));
                done.Add(operation.Number);
            }
        }
    }

    [Test]
    public void The_native_plan_groups_records_by_school()
    {
        NativeGroup[] ofRecords = Native.Transactions
            .SelectMany(transaction => transaction.Groups)
            .Where(group => group.Operations[0].Kind == OperationKind.LlpcCreate)
            .ToArray();
        Assert.That(ofRecords, Has.Length.EqualTo(500));
        Assert.That(ofRecords.Select(group => group.Operations.Count), Is.All.EqualTo(4));
        Assert.That(Native.Transactions.Select(transaction => transaction.Groups.Count), Is.All.InRange(1, 64));
        int expected = Plan.Sample.Records
            .GroupBy(record => record.SchoolIndex)
            .Sum(school => (school.Count() + 63) / 64);
        Assert.That(Native.Transactions, Has.Count.EqualTo(9 + 291 + expected + 291));
        foreach (NativeTransaction transaction in Native.Transactions)
        {
            bool isEnrolment = transaction.Groups[0].Operations[0].Kind == OperationKind.UicCreate;
            Assert.That(transaction.Signers, Has.Count.EqualTo(isEnrolment ? 2 : 1));
        }
    }

    private static IEnumerable<OperationKind> Kinds(PlannedOperation operation) =>
        operation.DependsOn.Select(number => Plan.Operations[number].Kind);

    [Test]
    public void A_heating_is_what_learners_do_and_may_be_repeated()
    {
        OperationPlan heating = new(new PaperSample(20190414), PlanTurn.Heating);

        Assert.That(heating.Operations.Count(static one => one.Learner is null), Is.Zero);
        Assert.That(
            heating.Operations.Select(one => one.Number), Is.EqualTo(Enumerable.Range(0, heating.Operations.Count)));
        Assert.That(
            heating.Operations.All(static one => one.DependsOn.All(before => before < one.Number)), Is.True);
        Assert.That(
            heating.Operations.Where(static one => one.Kind == OperationKind.LlpcGrant)
                .All(static one => one.Institution < Schools.Founding.Count),
            Is.True);
        Assert.That(
            heating.CountOf(OperationKind.LlpcInsert), Is.EqualTo(Plan.CountOf(OperationKind.LlpcInsert)));
    }
}

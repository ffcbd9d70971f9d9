using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Records;

public sealed class RecordCommitmentTests
{
    private static IEnumerable<RecordVector> Vectors => RecordVectors.All;

    [TestCaseSource(nameof(Vectors))]
    public void CommitmentsAreTheGoldenOnes(RecordVector vector)
    {
        System.Buffers.ArrayBufferWriter<byte> committed = new();
        CommittedRecord.Read(vector.Type, vector.Json).WriteCanonical(committed);
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(committed.WrittenSpan), Is.EqualTo(vector.Committed));
            Assert.That(Commit(vector, vector.Record).ToString(), Is.EqualTo(vector.Commitment));
        });
    }

    [TestCaseSource(nameof(Vectors))]
    public void SpellingDoesNotMatter(RecordVector vector)
    {
        Random random = new(20190603);
        for (int round = 0; round < 50; round++)
        {
            string respelled = Respelling.Of(JsonNode.Parse(vector.Record), random);
            Assert.That(Commit(vector, respelled).ToString(), Is.EqualTo(vector.Commitment), respelled);
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void EveryChangeOfMeaningShows(RecordVector vector)
    {
        HashSet<string> seen = [vector.Commitment];
        foreach (string changed in MeaningChanges.Of(vector.Record))
        {
            Assert.That(seen.Add(Commit(vector, changed).ToString()), Is.True, changed);
        }

        Assert.That(seen, Has.Count.GreaterThan(10));
    }

    [Test]
    public void WhatTheStoreAddsDoesNotMatter()
    {
        RecordVector vector = RecordVectors.Named("viewed");
        JsonNode statement = JsonNode.Parse(vector.Record)!;
        statement["stored"] = "2031-01-01T00:00:00Z";
        statement["authority"] = new JsonObject { ["mbox"] = "mailto:other@example.org" };
        statement.AsObject().Remove("version");
        Assert.That(Commit(vector, statement.ToJsonString()).ToString(), Is.EqualTo(vector.Commitment));
    }

    [Test]
    public void ACaliperEventKeepsMembersOfThoseNames()
    {
        RecordVector vector = RecordVectors.Named("navigated");
        JsonNode learningEvent = JsonNode.Parse(vector.Record)!;
        learningEvent.AsObject().Remove("version");
        Assert.That(Commit(vector, learningEvent.ToJsonString()).ToString(), Is.Not.EqualTo(vector.Commitment));
    }

    [Test]
    public void AbsentEmptyAndNullDiffer()
    {
        RecordVector vector = RecordVectors.Named("empty result");
        string[] spellings =
        [
            vector.Record,
            vector.Record.Replace(",\"result\":{}", "", StringComparison.Ordinal),
            vector.Record.Replace("\"result\":{}", "\"result\":{\"score\":{}}", StringComparison.Ordinal),
            vector.Record.Replace("\"result\":{}", "\"result\":{\"response\":\"\"}", StringComparison.Ordinal),
            vector.Record.Replace("\"result\":{}", "\"result\":{\"response\":null}", StringComparison.Ordinal),
            vector.Record.Replace("\"result\":{}", "\"context\":{}", StringComparison.Ordinal),
        ];
        Assert.That(
            spellings.Select(spelling => Commit(vector, spelling)).Distinct().Count(), Is.EqualTo(spellings.Length));
    }

    [Test]
    public void AnotherSaltOrTypeGivesAnotherCommitment()
    {
        RecordVector vector = RecordVectors.Named("viewed");
        byte[] salt = [.. vector.Salt];
        salt[31] ^= 1;
        string both = vector.Record.Replace(
            "\"timestamp\"", "\"eventTime\":\"2019-06-03T09:15:00Z\",\"timestamp\"", StringComparison.Ordinal);
        byte[] json = Encoding.UTF8.GetBytes(both);
        Assert.Multiple(() =>
        {
            Assert.That(RecordCommitment.Matches(vector.Type, vector.Json, salt, Golden(vector)), Is.False);
            Assert.That(RecordCommitment.Matches(vector.Type, vector.Json, vector.Salt, Golden(vector)), Is.True);
            Assert.That(
                RecordCommitment.Compute(RecordType.CaliperEvent, json, vector.Salt),
                Is.Not.EqualTo(RecordCommitment.Compute(RecordType.XapiStatement, json, vector.Salt)));
        });
    }

    [TestCase("\"id\":\"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e03\",", "", "/id", "record.id")]
    [TestCase("\"timestamp\":\"2019-06-03T10:00:00Z\"", "\"timestamp\":7", "/timestamp", "record.time")]
    [TestCase("\"result\":{}", "\"result\":[]", "/result", "record.object")]
    [TestCase("\"result\":{}", "\"result\":{\"score\":1}", "/result/score", "record.object")]
    public void ARecordWithoutItsShapeIsRefused(string from, string to, string path, string rule)
    {
        RecordVector vector = RecordVectors.Named("empty result");
        string changed = vector.Record.Replace(from, to, StringComparison.Ordinal);
        RecordFormatException refusal = Assert.Throws<RecordFormatException>(() => Commit(vector, changed))!;
        Assert.Multiple(() =>
        {
            Assert.That(refusal.Path, Is.EqualTo(path));
            Assert.That(refusal.Rule, Is.EqualTo(rule));
        });
    }

    private static Hash256 Commit(RecordVector vector, string json) =>
        RecordCommitment.Compute(vector.Type, Encoding.UTF8.GetBytes(json), vector.Salt);

    private static Hash256 Golden(RecordVector vector) => new(Convert.FromHexString(vector.Commitment));
}

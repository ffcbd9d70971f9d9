using System.Diagnostics;
using System.Globalization;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;

namespace Ledger.Node.Tests.Box;

/// <summary>What reading costs, made on request: a machine's figures are no test of a program.</summary>
public sealed class ReadFigures
{
    private const int Records = 1_000;
    private const int Rounds = 41;

    [Test]
    [Explicit("Figures: dotnet test … --filter Of_a_thousand_records")]
    public async Task Of_a_thousand_records_in_one_process()
    {
        using BoxBench bench = new(Records);
        bench.Grant(bench.East);
        List<double> box = [];
        List<double> reader = [];
        for (int round = 0; round < Rounds; round++)
        {
            BoxQuery query = bench.Query();
            BoxRequest request = bench.Reader(bench.East).Sign(query);
            long begun = Stopwatch.GetTimestamp();
            BoxAnswer answer = (await bench.Box.AnswerAsync(request, CancellationToken.None)).Answer!;
            box.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            begun = Stopwatch.GetTimestamp();
            BoxReading reading = bench.Reader(bench.East).Check(query, request, answer, bench.North.PublicKey);
            reader.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            Assert.That(reading.Report.RecordsVerified, Is.EqualTo(Records));
        }

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"box p50 {Median(box):F1} ms; reader p50 {Median(reader):F1} ms, "
                + $"{1_000.0 * Records / Median(reader):F0} records/s"));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}

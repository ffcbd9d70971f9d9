using System.Diagnostics;
using System.Globalization;
using Ledger.Client.Boxes;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>What a granted read costs between two nodes, made on request.</summary>
public sealed class GrantedReadFigures
{
    private const int Records = 1_000;
    private const int Rounds = 41;
    private const int PerRequest = 250;

    [Test]
    [Explicit("Figures: dotnet test … --filter Of_a_granted_read")]
    public async Task Of_a_granted_read_of_a_thousand_records_with_its_entry_in_the_trail()
    {
        using TestConsortium consortium = await TestConsortium.StartAsync("figures");
        using SharingCast cast = new(consortium);
        await cast.EnrolAsync();
        for (int posted = 0; posted < Records; posted += PerRequest)
        {
            string[] ids = await cast.PostAsync(Statements.Viewed, PerRequest);
            await cast.AnchoredAsync(ids[^1]);
        }

        await cast.GrantEastAsync(Statements.Viewed);
        List<double> times = [];
        for (int round = 0; round < Rounds; round++)
        {
            long begun = Stopwatch.GetTimestamp();
            BoxReading reading = await cast.ReadAsync(cast.East, cast.Learner.Address, Statements.Viewed);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            Assert.That(reading.Report.RecordsVerified, Is.EqualTo(Records));
        }

        times.Sort();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Records} records: p50 {times[Rounds / 2]:F0} ms, p90 {times[Rounds * 9 / 10]:F0} ms of {Rounds} reads"));
    }
}

using Ledger.Benchmarks.Dictionary;
using Ledger.Workload;

namespace Ledger.Benchmarks.Tests.Dictionary;

/// <summary>Commitments tell nothing to somebody who guesses everything but the salt.</summary>
public sealed class DictionaryAttackTests
{
    private const int Records = 20;

    [Test]
    public void With_salts_no_guess_is_right_and_without_salts_every_record_is_found()
    {
        DictionaryAttack attack = DictionaryAttack.On(new Population(7), Records);
        long guesses = 0;

        long hits = attack.Hits(
            attack.Salted(), salts: 3, made => InterlockedMax(ref guesses, made), CancellationToken.None);
        long control = attack.Hits(attack.Unsalted(), salts: 1, static _ => { }, CancellationToken.None);

        Assert.That(attack.Targets, Is.EqualTo(Records));
        Assert.That(hits, Is.Zero);
        Assert.That(guesses, Is.EqualTo(Records * DictionaryAttack.GuessesOfRecord * 3L));
        Assert.That(control, Is.EqualTo(Records), "The attack is able to find what it looks for.");
    }

    [Test]
    public async Task A_run_says_that_it_is_right_where_nothing_was_found_but_in_the_control()
    {
        DictionaryRun run = new(7, Records, guesses: 5_000);
        await run.RunAsync(new Progress<string>(), CancellationToken.None);
        Assert.That((run.IsWhole, run.IsRight), Is.EqualTo((true, true)));
    }

    private static void InterlockedMax(ref long most, long made)
    {
        for (long seen = Interlocked.Read(ref most); seen < made;)
        {
            long before = Interlocked.CompareExchange(ref most, made, seen);
            seen = before == seen ? made : before;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Sealing;

/// <summary>What sealing costs, made on request: a machine's figures are no test of a program.</summary>
public sealed class SealingFigures
{
    private const int Persons = 100_000;
    private const int Values = 200_000;
    private const int GroupOfIntake = 256;

    [Test]
    [Explicit("Figures: dotnet test … --filter Of_keys_and_values")]
    public void Of_keys_and_values()
    {
        using KeyFolder folder = new();
        using PersonKeys keys = folder.Open();
        string[] persons =
            [.. Enumerable.Range(0, Persons).Select(static number => $"https://lms.example.org|s-{number}")];
        Say("prepare, groups of 256 new persons", Persons, () =>
        {
            foreach (string[] group in persons.Chunk(GroupOfIntake))
            {
                keys.Prepare(group);
            }
        });
        Say("prepare, a group of known persons", Persons, () =>
        {
            foreach (string[] group in persons[..GroupOfIntake].Chunk(GroupOfIntake)
                .SelectMany(static group => Enumerable.Repeat(group, Persons / GroupOfIntake)))
            {
                keys.Prepare(group);
            }
        });
        byte[] content = RandomNumberGenerator.GetBytes(1_024);
        byte[][] values = new byte[Values][];
        Say("seal 1 KiB, 1,000 persons", Values, () =>
        {
            for (int at = 0; at < Values; at++)
            {
                values[at] = keys.Seal(persons[at % 1_000], "figures"u8, content);
            }
        });
        Say("open 1 KiB, 1,000 persons", Values, () =>
        {
            for (int at = 0; at < Values; at++)
            {
                _ = keys.Open("figures"u8, values[at]).Bytes;
            }
        });
        Say("seal 1 KiB, persons who are not in memory", Persons, () =>
        {
            for (int at = 0; at < Persons; at++)
            {
                keys.Seal(persons[at], "figures"u8, content);
            }
        });
        Say("digest of an account", Values, () =>
        {
            for (int at = 0; at < Values; at++)
            {
                keys.Digest(1, persons[at % Persons]);
            }
        });
        Say("SHA-256 of the same, without a key", Values, () =>
        {
            for (int at = 0; at < Values; at++)
            {
                SHA256.HashData(Encoding.UTF8.GetBytes(persons[at % Persons]));
            }
        });
        Say($"erase one of {Persons:N0} keys, the file written anew", 1, () => keys.Erase([persons[7]]));
        Say("copy the file", 1, () => KeyFileCopies.Copy(folder.File, folder.File + ".copy"));
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"file: {new FileInfo(folder.File + ".copy").Length / 1_048_576.0:F1} MiB"));
    }

    private static void Say(string what, int times, Action work)
    {
        long begun = Stopwatch.GetTimestamp();
        work();
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {took.TotalMilliseconds:N0} ms, {took.TotalMicroseconds / times:F2} us each"));
    }
}

using System.Globalization;

namespace Ledger.Workload;

/// <summary>The data sheet of the published population: what it is, how it was made, and what it is not.</summary>
internal sealed class DataSheet(Population population, PaperSample sample, int records, string digest)
{
    /// <summary>The sheet's lines, with the files that stand beside it.</summary>
    internal IEnumerable<string> Lines(IReadOnlyList<PublishedFile> files) =>
    [
        "# Learning records of 651 synthetic students",
        "",
        .. Identity(),
        "",
        "## Files",
        "",
        "| file | lines | bytes | what it holds |",
        "|---|---|---|---|",
        .. files.Select(file =>
            $"| `{file.Name}` | {Count(file.Lines)} | {Count(file.Bytes)} | {Meaning(file.Name)} |"),
        "",
        "All are UTF-8 with one line feed after each line; tables follow RFC 4180 and begin with their head.",
        $"`sha256sum --check {DatasetPublisher.SumsFile}` checks them.",
        "",
        .. Table("Fields of records.csv and sample.csv", RecordTable.Columns),
        .. Table("Fields of students.csv", StudentTable.Columns(population)),
        .. Table("Fields of plan.csv", PlanTable.Columns(sample)),
        .. Statements(),
        .. Making(),
        .. Limits(),
    ];

    private string[] Identity() =>
    [
        $"{Count(records)} of {Count(Population.RecordCount)} learning records, in time order, of the "
            + $"{Population.StudentCount} students of four schools over one school year, as xAPI 1.0.3 statements and",
        "Caliper 1.2 events; a sample of 500 records of 291 students; and the plan of 3,104 contract operations that",
        "brings the sample onto a ledger. The totals are those of Ocheja et al. (2019),",
        "doi 10.1186/s41039-019-0097-0; everything below the totals is synthetic.",
        "",
        "| | |",
        "|---|---|",
        $"| seed | {population.Seed.ToString(CultureInfo.InvariantCulture)} |",
        $"| digest of the records' light form | {digest} |",
        "| made by | LearningLedger, `./ledger bench dataset` |",
        "| licence | MIT, as the program that made it |",
        "| version | a golden test of the program holds the digest of one seed: equal digest, equal data |",
    ];

    private static string[] Statements() =>
    [
        "## Statements and events",
        "",
        "A line of `records.jsonl` is the very bytes that a learning record store receives: a Moodle or BookRoll",
        "record is an xAPI statement, a Caliper record an event. Which of them it is shows from its members: a",
        "statement has `verb`, an event has `action`. Line k (from 1) is number k - 1 of `records.csv`. A student has",
        "one account name in Moodle and Caliper and another in BookRoll; `students.csv` joins them. Durations,",
        "scores and times are in the units of their standards; a scaled score is a decimal number from 0 to 1.",
        "",
    ];

    private static string[] Making() =>
    [
        "## How it was made",
        "",
        "One 64-bit seed decides everything, by xoshiro256** and SplitMix64 in integer arithmetic; the same seed gives",
        "the same bytes on every machine. Hours of the school year are weighted (lessons, evenings, weeks before",
        "examinations), twelve sessions run at a time, and each student has latent traits that bend what is drawn.",
        "The sample is the first 500 pairs of student and verb in a random order that the seed fixes, with 291",
        "students. The program's page on its workload gives every rule and weight.",
        "",
    ];

    private static string[] Limits() =>
    [
        "## What it is not",
        "",
        "- Not data of real people: no record stems from a person, and names, accounts and addresses (`.example`) are",
        "  made up. It needs no consent, and says nothing about any school.",
        "- Not the data of the paper, which are not public. Beyond the totals nothing is taken from there, and the",
        "  decomposition of the 3,104 operations into kinds is the program's own.",
        "- Not evidence about learning: correlations in it were put in by the traits. Use it to test and to measure",
        "  programs, not to study learners.",
        "- Not a benchmark of message sizes of other tools: real statements may be longer or shorter.",
    ];

    private static string Meaning(string file) => file switch
    {
        DatasetPublisher.RecordsFile => "the records as statements and events, one a line",
        "records.csv" => "the same in columns",
        "sample.jsonl" => "the sample of 500 records, in time order, one a line",
        "sample.csv" => "the same in columns",
        "students.csv" => "every student, with the traits behind the records",
        "plan.csv" => "the operations that write the sample, in an order in which they may run",
        _ => throw new InvalidOperationException("a file without a meaning"),
    };

    private static IEnumerable<string> Table<T>(string title, IReadOnlyList<PublishedColumn<T>> columns) =>
    [
        $"## {title}", "", "| field | what it is |", "|---|---|",
        .. columns.Select(column => $"| `{column.Name}` | {column.Meaning} |"), "",
    ];

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

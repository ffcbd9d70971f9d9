using Ledger.CommandLine.Hosting;

namespace Ledger.CommandLine.Output;

/// <summary>
/// What a command found: named values and tables. It is written as text for people or as JSON for programs, from the
/// same parts.
/// Names are words in lower case; in JSON they become one word, <c>chain id</c> as <c>chainId</c>.
/// </summary>
public sealed class Answer
{
    private readonly List<(string Name, object? Value)> fields = [];
    private readonly List<AnswerTable> tables = [];
    private readonly List<string> notes = [];

    /// <summary>The exit code.</summary>
    public ExitCode Code { get; private set; } = ExitCode.Done;

    /// <summary>Named values in order: text, numbers, booleans or null.</summary>
    public IReadOnlyList<(string Name, object? Value)> Fields => fields;

    /// <summary>Tables in order.</summary>
    public IReadOnlyList<AnswerTable> Tables => tables;

    /// <summary>Sentences for people; in JSON the list <c>notes</c>.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Adds a value.</summary>
    public Answer Field(string name, object? value)
    {
        fields.Add((name, value));
        return this;
    }

    /// <summary>Adds a table.</summary>
    public Answer Table(string name, string[] columns, IEnumerable<object?[]> rows)
    {
        tables.Add(new AnswerTable(name, columns, [.. rows]));
        return this;
    }

    /// <summary>Adds a sentence.</summary>
    public Answer Note(string sentence)
    {
        notes.Add(sentence);
        return this;
    }

    /// <summary>Sets the exit code.</summary>
    public Answer With(ExitCode code)
    {
        Code = code;
        return this;
    }
}

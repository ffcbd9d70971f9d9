using System.Text.Json;
using Ledger.Node.Configuration;

namespace Ledger.Node.Erasure.Retention;

/// <summary>
/// The file <c>retention.json</c> of a node's folder: for how long records of each class are kept. Without it none is
/// erased by time.
/// </summary>
public static class RetentionFile
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "retention.json";

    /// <summary>A century: a longer period is a mistake.</summary>
    public const int DaysMax = 36_525;

    /// <summary>Classes of one institution, and verbs of one class: more than the standard has.</summary>
    public const int ListMax = 1_000;

    /// <summary>The periods of a node.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used; the text says why.</exception>
    public static RetentionDocument Load(string path)
    {
        if (!File.Exists(path))
        {
            return new RetentionDocument([], OtherDays: 0);
        }

        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            throw new ConfigurationException($"{path} cannot be used: {problem.Message}", problem);
        }
    }

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="ConfigurationException">It says no periods; the text says why.</exception>
    public static RetentionDocument Parse(byte[] json)
    {
        try
        {
            RetentionDocument document = JsonSerializer.Deserialize(json, RetentionJson.Default.RetentionDocument)
                ?? throw new ConfigurationException("It holds no periods.");
            Require(document);
            return document;
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException($"It is no list of periods: {problem.Message}", problem);
        }
    }

    private static void Require(RetentionDocument document)
    {
        if (document.OtherDays is < 0 or > DaysMax || document.Classes.Count > ListMax)
        {
            throw new ConfigurationException(
                $"otherDays is 0 to {DaysMax}, and there are at most {ListMax} classes.");
        }

        HashSet<string> verbs = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal) { DueRecords.OtherName };
        foreach (RetentionClass? one in document.Classes)
        {
            if (one is not { Name.Length: > 0, Days: >= 1 and <= DaysMax, Verbs.Count: > 0 and <= ListMax })
            {
                throw new ConfigurationException(
                    $"A class has a name, 1 to {ListMax} verbs, and 1 to {DaysMax} days.");
            }

            if (!names.Add(one.Name))
            {
                throw new ConfigurationException(
                    $"The class {one.Name} is there twice, or has the name of the rest: {DueRecords.OtherName}.");
            }

            if (one.Verbs.FirstOrDefault(verb => verb is null || !verbs.Add(verb)) is { } twice)
            {
                throw new ConfigurationException($"The verb {twice} is in two classes, or twice in one.");
            }
        }
    }
}

using System.Text;
using Ledger.Node.Erasure;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Sealing;

/// <summary>Keys of persons: what they seal opens in its place, until the key is erased, and then nowhere.</summary>
public sealed class PersonKeysTests
{
    private const string Anna = "https://lms.example.org|anna-canary7f3a";
    private const string Bert = "https://lms.example.org|bert";

    private KeyFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new KeyFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void What_is_sealed_opens_in_its_row_and_in_no_other()
    {
        using PersonKeys keys = folder.Open();
        byte[] sealedValue = keys.Seal(Anna, "copies 1"u8, "content"u8);

        Assert.That(Text(keys.Open("copies 1"u8, sealedValue)), Is.EqualTo("content"));
        SealDamagedException refused = Assert.Throws<SealDamagedException>(
            () => keys.Open("copies 2"u8, sealedValue))!;
        Assert.That(refused.Message, Does.Contain("Put back a backup"));
        Assert.That(keys.Open("empty"u8, keys.Seal(PersonKeys.Store, "empty"u8, [])).Bytes, Is.Empty);
    }

    [Test]
    public void Two_values_of_the_same_content_have_nothing_in_common()
    {
        using PersonKeys keys = folder.Open();
        byte[] one = keys.Seal(Anna, "row"u8, "content"u8);
        byte[] other = keys.Seal(Anna, "row"u8, "content"u8);

        Assert.That(one[..9], Is.EqualTo(other[..9]), "version and key id");
        Assert.That(one[9..21], Is.Not.EqualTo(other[9..21]), "nonce");
        Assert.That(one[21..], Is.Not.EqualTo(other[21..]));
    }

    [Test]
    public void No_changed_bit_opens()
    {
        using PersonKeys keys = folder.Open();
        byte[] whole = keys.Seal(Anna, "row"u8, "content"u8);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            SealDamagedException damaged = Assert.Throws<SealDamagedException>(
                () => keys.Open("row"u8, changed), $"bit {bit}")!;
            Assert.That(damaged.LostKey is null, Is.EqualTo(bit / 8 is 0 or > 8), $"bit {bit} is of the key's id");
        }

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<SealDamagedException>(() => keys.Open("row"u8, whole.AsSpan(0, length)), $"length {length}");
        }
    }

    [Test]
    public void Keys_are_there_after_a_power_cut_as_soon_as_they_are_prepared()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Anna, Bert, Anna]);
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        string afterCut = folder.CopyOfFiles();

        Assert.That(keys.Count, Is.EqualTo(3), "two persons and the store");
        using PersonKeys again = folder.Open(afterCut);
        Assert.That(Text(again.Open("row"u8, value)), Is.EqualTo("content"));
        Assert.That(again.FileId, Is.EqualTo(keys.FileId));
        Assert.That(again.Count, Is.EqualTo(3));
    }

    [Test]
    public void The_file_names_nobody()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Anna]);

        Assert.That(KeyFolder.Holds(folder.File, Encoding.UTF8.GetBytes("canary7f3a")), Is.False);
    }

    [Test]
    public void Another_secret_opens_no_key_and_is_refused_by_name()
    {
        using (PersonKeys keys = folder.Open())
        {
            keys.Prepare([Anna]);
        }

        byte[] before = File.ReadAllBytes(folder.File);
        SealingKeysException refused = Assert.Throws<SealingKeysException>(
            () => new PersonKeys(folder.File, folder.Secret(fill: 8)).Dispose())!;

        Assert.That(refused.Message, Does.Contain("another secret").And.Contain(folder.File));
        Assert.That(File.ReadAllBytes(folder.File), Is.EqualTo(before));
    }

    [Test]
    public void A_damaged_key_is_told_as_damage_of_the_key_file()
    {
        byte[] value;
        using (PersonKeys keys = folder.Open())
        {
            value = keys.Seal(Anna, "row"u8, "content"u8);
            keys.Prepare([Bert]);
        }

        // A key that another person's row holds is as good as a damaged one.
        KeyFolder.Change(
            folder.File,
            "CREATE TEMP TABLE former AS SELECT id, wrapped FROM keys; "
                + "UPDATE keys SET wrapped = (SELECT wrapped FROM former WHERE former.id <> keys.id LIMIT 1)");
        using PersonKeys changed = folder.Open();
        SealDamagedException damaged = Assert.Throws<SealDamagedException>(() => changed.Open("row"u8, value))!;

        Assert.That(damaged.Message, Does.Contain(folder.File));
    }

    [Test]
    public void An_erased_key_opens_nothing_and_leaves_no_byte()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Bert]);
        HashSet<long> others = [.. KeyFolder.Wrapped(folder.File).Keys];
        byte[] ofAnna = keys.Seal(Anna, "row"u8, "content"u8);
        byte[] ofBert = keys.Seal(Bert, "row"u8, "content"u8);
        byte[] wrapped = KeyFolder.Wrapped(folder.File).Single(key => !others.Contains(key.Key)).Value;
        Assert.That(KeyFolder.Holds(folder.File, wrapped), "the search finds what is there");

        Assert.That(keys.Erase([Anna]));

        Assert.That(keys.Open("row"u8, ofAnna).IsKeyErased);
        Assert.That(Text(keys.Open("row"u8, ofBert)), Is.EqualTo("content"));
        Assert.That(KeyFolder.Holds(folder.File, wrapped), Is.False);
        Assert.That(KeyFolder.Holds(folder.File, wrapped[12..44]), Is.False);
        Assert.That(keys.Count, Is.EqualTo(2));
    }

    [Test]
    public void Who_comes_back_gets_another_key()
    {
        using PersonKeys keys = folder.Open();
        byte[] before = keys.Seal(Anna, "row"u8, "before"u8);
        keys.Erase([Anna]);
        byte[] after = keys.Seal(Anna, "row"u8, "after"u8);

        Assert.That(keys.Open("row"u8, before).IsKeyErased);
        Assert.That(Text(keys.Open("row"u8, after)), Is.EqualTo("after"));
    }

    [Test]
    public void A_retired_key_opens_and_seals_nothing_more_and_goes_by_its_id()
    {
        using PersonKeys keys = folder.Open();
        byte[] first = keys.Seal(Anna, "row"u8, "first"u8);
        IReadOnlyList<long> retired = keys.Retire([Anna]);
        byte[] second = keys.Seal(Anna, "row"u8, "second"u8);

        Assert.That(Text(keys.Open("row"u8, first)), Is.EqualTo("first"));
        Assert.That(keys.EraseIds(retired));
        Assert.That(keys.EraseIds(retired), "what is gone is gone");
        Assert.That(keys.Open("row"u8, first).IsKeyErased);
        Assert.That(Text(keys.Open("row"u8, second)), Is.EqualTo("second"));
    }

    [Test]
    public void Keys_that_were_retired_before_a_crash_are_found_again_with_the_person()
    {
        using PersonKeys keys = folder.Open();
        byte[] first = keys.Seal(Anna, "row"u8, "first"u8);
        keys.Retire([Anna]);
        byte[] second = keys.Seal(Anna, "row"u8, "second"u8);

        IReadOnlyList<long> all = keys.Retire([Anna]);
        keys.EraseIds(all);

        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(keys.Open("row"u8, first).IsKeyErased);
        Assert.That(keys.Open("row"u8, second).IsKeyErased);
    }

    [Test]
    public void An_older_copy_of_the_keys_has_the_key_again_until_it_is_erased_by_its_id()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        string backup = folder.CopyOfFiles();
        IReadOnlyList<long> listed = keys.Retire([Anna]);
        keys.EraseIds(listed);

        using PersonKeys restored = folder.Open(backup);
        Assert.That(Text(restored.Open("row"u8, value)), Is.EqualTo("content"));
        Assert.That(restored.EraseIds(listed));
        Assert.That(restored.Open("row"u8, value).IsKeyErased);
    }

    [Test]
    public void What_was_erased_is_listed_first_and_lost_again_from_an_older_copy_of_the_keys()
    {
        string listFile = Path.Combine(Path.GetDirectoryName(folder.File)!, "erasures.sqlite");
        byte[] ofAnna;
        byte[] ofBert;
        string backup;
        using (ErasureList list = new(listFile))
        using (PersonKeys keys = folder.Open())
        {
            keys.Follow(list);
            ofAnna = keys.Seal(Anna, "row"u8, "content"u8);
            ofBert = keys.Seal(Bert, "row"u8, "content"u8);
            backup = folder.CopyOfFiles();
            keys.Erase([Anna]);
            Assert.That(list.ErasedKeys(), Is.EqualTo(new[] { PersonKeys.KeyIdOf(ofAnna) }));
        }

        using ErasureList kept = new(listFile);
        using PersonKeys restored = folder.Open(backup);
        Assert.That(Text(restored.Open("row"u8, ofAnna)), Is.EqualTo("content"), "before");
        restored.Follow(kept);
        Assert.That(restored.Open("row"u8, ofAnna).IsKeyErased);
        Assert.That(Text(restored.Open("row"u8, ofBert)), Is.EqualTo("content"));
    }

    [Test]
    public void A_key_that_goes_soon_is_gone_at_once_and_its_bytes_with_the_next_scrub()
    {
        using PersonKeys keys = folder.Open();
        HashSet<long> others = [.. KeyFolder.Wrapped(folder.File).Keys];
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        byte[] wrapped = KeyFolder.Wrapped(folder.File).Single(key => !others.Contains(key.Key)).Value;

        keys.EraseSoon([Anna]);

        Assert.That(keys.Open("row"u8, value).IsKeyErased);
        Assert.That(keys.Scrub());
        Assert.That(KeyFolder.Holds(folder.File, wrapped), Is.False);
    }

    [Test]
    public void A_file_that_was_moved_away_or_written_over_is_told()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Anna]);
        string copy = folder.CopyOfFiles();
        Assert.That(keys.IsInPlace);

        File.Move(folder.File, folder.File + ".moved");
        Assert.That(keys.IsInPlace, Is.False, "moved away");
        File.Move(folder.File + ".moved", folder.File);
        keys.Require(keys.FileId, "the records");
        using PersonKeys others = new(copy + ".others", folder.Secret());
        SealingKeysException refused = Assert.Throws<SealingKeysException>(
            () => others.Require(keys.FileId, "the records"))!;
        Assert.That(refused.Message, Does.Contain("the records").And.Contain(others.FileId.ToString("x32")));
    }

    [Test]
    public void A_kill_between_deleting_and_writing_anew_leaves_a_file_that_is_written_anew_at_the_next_start()
    {
        byte[] wrapped;
        using (PersonKeys keys = folder.Open())
        {
            HashSet<long> others = [.. KeyFolder.Wrapped(folder.File).Keys];
            keys.Prepare([Anna]);
            wrapped = KeyFolder.Wrapped(folder.File).Single(key => !others.Contains(key.Key)).Value;
        }

        string killed;
        using (PersonKeyFile file = new(folder.File, folder.Secret()))
        {
            // With an image of the file before, the log holds what the deletion wrote over.
            file.Make([1u, 2u, 3u]);
            file.Delete(KeyFolder.Wrapped(folder.File).Where(key => key.Value.AsSpan().SequenceEqual(wrapped))
                .Select(static key => key.Key));
            Assert.That(file.IsUnscrubbed);
            killed = folder.CopyOfFiles();
        }

        using PersonKeys again = folder.Open(killed);
        Assert.That(KeyFolder.Wrapped(killed).Values, Has.None.EqualTo(wrapped));
        Assert.That(KeyFolder.Holds(killed, wrapped), Is.False);
    }

    [Test]
    public void Whoever_reads_the_file_meanwhile_makes_the_erasure_say_that_it_is_not_through()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        using (SqliteConnection reader = KeyFolder.Connect(folder.File))
        {
            using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
            using SqliteCommand look = reader.CreateCommand();
            look.Transaction = reading;
            look.CommandText = "SELECT count(*) FROM keys";
            look.ExecuteScalar();
            Assert.That(keys.Erase([Anna]), Is.False);
            Assert.That(keys.Open("row"u8, value).IsKeyErased, "gone all the same");
            Assert.That(keys.Scrub(), Is.False);
        }

        Assert.That(keys.Scrub());
    }

    [Test]
    public void The_key_of_what_is_everybodys_goes_with_nobody()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(PersonKeys.Store, "row"u8, "content"u8);

        Assert.Throws<InvariantException>(() => keys.Erase([PersonKeys.Store]));
        Assert.Throws<InvariantException>(() => keys.Retire([PersonKeys.Store]));
        Assert.Throws<InvariantException>(() => keys.EraseIds([.. KeyFolder.Wrapped(folder.File).Keys]));
        Assert.That(Text(keys.Open("row"u8, value)), Is.EqualTo("content"));
    }

    [Test]
    public void Many_threads_seal_open_and_erase_with_few_keys_in_memory()
    {
        using PersonKeys keys = new(folder.File, folder.Secret(), cacheMax: 8);
        string[] names = [.. Enumerable.Range(0, 40).Select(static number => $"person-{number}")];
        keys.Prepare(names);
        int opened = 0;
        Parallel.For(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            string name = names[turn * 7 % names.Length];
            byte[] context = BitConverter.GetBytes(turn);
            byte[] value = keys.Seal(name, context, Encoding.UTF8.GetBytes(name));
            if (turn % 97 == 0)
            {
                keys.Erase([name]);
            }

            OpenedContent found = keys.Open(context, value);
            if (!found.IsKeyErased)
            {
                Assert.That(Encoding.UTF8.GetString(found.Bytes), Is.EqualTo(name));
                Interlocked.Increment(ref opened);
            }
        });

        Assert.That(opened, Is.GreaterThan(2_000));
        Assert.That(keys.Count, Is.LessThanOrEqualTo(names.Length + 1));
    }

    private static string Text(OpenedContent opened) => Encoding.UTF8.GetString(opened.Bytes);
}

using System.IO.Compression;
using Ledger.Client.Protos;
using Ledger.Client.Rosters;

namespace Ledger.Client.Tests.Rosters;

/// <summary>Rosters as a student information system exports them.</summary>
public sealed class OneRosterTests
{
    private static readonly DateOnly Today = new(2026, 10, 1);

    private Dictionary<string, string> files = null!;

    [SetUp]
    public void Fill() => files = new Dictionary<string, string>
    {
        ["manifest.csv"] = """
            propertyName,value
            manifest.version,1.0
            oneroster.version,1.1
            file.academicSessions,bulk
            file.categories,absent
            file.classes,bulk
            file.courses,bulk
            file.enrollments,bulk
            file.orgs,bulk
            file.users,bulk
            """,
        ["orgs.csv"] = """
            sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
            north,,,North University,school,,
            """,
        ["academicSessions.csv"] = """
            sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
            t1,,,Autumn,term,2026-09-01,2027-01-31,,2027
            t2,,,Spring,term,2027-02-01,2027-07-31,,2027
            """,
        ["courses.csv"] = """
            sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,orgSourcedId,subjects
            math,,,,Mathematics,M,north,
            """,
        ["users.csv"] = """
            sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,familyName,identifier,email
            u1,,,true,north,student,jo,Kim,1001,jo@north.example
            u2,,,true,north,student,mia,"Sato, M.",1002,
            u3,,,false,north,student,gone,Ne,1003,gone@north.example
            u4,,,true,north,teacher,prof,Fessor,,prof@north.example
            """,
        ["classes.csv"] = """
            sourcedId,status,dateLastModified,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds
            math-1,,,Mathematics 1,math,scheduled,north,"t1,t2"
            math-2,,,Mathematics 2,math,scheduled,north,t1
            """,
        ["enrollments.csv"] = """
            sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate
            e1,,,math-1,north,u1,student,2026-09-01,
            e2,,,math-1,north,u2,student,2026-09-01,2027-01-31
            e3,,,math-1,north,u3,student,,
            e4,,,math-1,north,u4,teacher,,
            e5,,,math-2,north,u1,student,2026-09-01,2026-09-30
            """,
    };

    [Test]
    public void Classes_have_who_is_in_them_now_and_each_student_is_invited_once()
    {
        RosterPlan plan = Plan("https://moodle.north.example|{username}", "mbox|mailto:{email}");

        Assert.That(
            plan.Classes.Select(one => (one.Id, one.Title, one.Course, one.Members.Count)),
            Is.EqualTo(new[]
            {
                ("math-1", "Mathematics 1", "Mathematics", 3), ("math-2", "Mathematics 2", "Mathematics", 0),
            }));
        Assert.That(
            plan.Learners.Select(accounts => string.Join(' ', accounts)),
            Is.EqualTo(new[]
            {
                "https://moodle.north.example|jo mbox|mailto:jo@north.example", "https://moodle.north.example|mia",
            }));
        ClassMember teacher = plan.Classes[0].Members.Single(member => member.Role == "teacher");
        Assert.That(teacher.Accounts[0], Is.EqualTo("https://moodle.north.example|prof"));
    }

    [Test]
    public void A_student_of_whom_no_account_can_be_made_is_named()
    {
        RosterPlan plan = Plan("mbox|mailto:{email}");
        Assert.That(plan.WithoutAccount, Is.EqualTo(new[] { "u2" }));
        Assert.That(plan.Learners, Has.Count.EqualTo(1));
    }

    [Test]
    public void Two_users_with_one_account_are_refused()
    {
        files["users.csv"] = files["users.csv"].Replace(",mia,", ",jo,", StringComparison.Ordinal);
        Assert.That(
            () => Plan("https://moodle.north.example|{username}"),
            Throws.InstanceOf<FormatException>().With.Message.Contains("u1 and u2"));
    }

    [TestCase("manifest.csv", "oneroster.version,1.1", "oneroster.version,1.2", "version 1.2")]
    [TestCase("manifest.csv", "file.users,bulk", "file.users,delta", "users.csv is delta")]
    [TestCase("manifest.csv", "\nfile.users,bulk", "", "users.csv is absent")]
    [TestCase("users.csv", "enabledUser", "enabled", "users.csv has no column enabledUser")]
    [TestCase("users.csv", "u1,,,true", "u1,,,yes", "users.csv line 2: enabledUser is true or false")]
    [TestCase("users.csv", "u2,", "u1,", "users.csv line 3: there is another row")]
    [TestCase("users.csv", "u1,", ",", "users.csv line 2: sourcedId is empty")]
    [TestCase("classes.csv", ",math,", ",art,", "classes.csv line 2: there is no course art")]
    [TestCase("classes.csv", "north,t1", "south,t1", "classes.csv line 3: schoolSourcedId names south")]
    [TestCase("classes.csv", "t1,t2", "t1,t9", "classes.csv line 2: termSourcedIds names t9")]
    [TestCase("enrollments.csv", ",u4,", ",u9,", "enrollments.csv line 5: there is no user u9")]
    [TestCase("enrollments.csv", "e4,,,math-1", "e4,,,math-9", "enrollments.csv line 5: there is no class math-9")]
    [TestCase("enrollments.csv", "2026-09-30", "30.9.2026", "enrollments.csv line 6: endDate is no date")]
    [TestCase("academicSessions.csv", "2027-01-31", "2026-01-31", "academicSessions.csv line 2: the session ends")]
    [TestCase("orgs.csv", "north,", "\"north,", "orgs.csv: Line 2: a quote is not closed")]
    public void What_is_wrong_is_refused_with_file_and_line(string file, string from, string to, string message)
    {
        string text = files[file].ReplaceLineEndings("\n");
        int at = text.IndexOf(from, StringComparison.Ordinal);
        files[file] = string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length));
        Assert.That(
            () => OneRoster.Parse(files), Throws.InstanceOf<FormatException>().With.Message.Contains(message));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        files.Remove("courses.csv");
        Assert.That(
            () => OneRoster.Parse(files), Throws.InstanceOf<FormatException>().With.Message.Contains("courses.csv"));
    }

    [Test]
    public void What_is_to_be_deleted_is_not_there()
    {
        files["enrollments.csv"] =
            files["enrollments.csv"].Replace("e1,,", "e1,tobedeleted,", StringComparison.Ordinal);
        Assert.That(Plan("a|{username}").Learners.Select(one => one[0]), Is.EqualTo(new[] { "a|mia" }));
    }

    [Test]
    public void A_folder_and_an_archive_hold_the_same_roster()
    {
        string folder = Directory.CreateTempSubdirectory("roster-").FullName;
        try
        {
            string inside = Directory.CreateDirectory(Path.Combine(folder, "csv")).FullName;
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(inside, name), text);
            }

            string archive = Path.Combine(folder, "roster.zip");
            ZipFile.CreateFromDirectory(inside, archive);
            Assert.That(RosterFiles.Read(inside), Is.EquivalentTo(RosterFiles.Read(archive)));
            string wrong = Path.Combine(folder, "wrong.zip");
            File.WriteAllText(wrong, "no archive");
            Assert.Throws<FormatException>(() => RosterFiles.Read(wrong));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase("https://moodle.north.example")]
    [TestCase("https://moodle.north.example|jo")]
    [TestCase("https://moodle.north.example|{password}")]
    [TestCase("|{username}")]
    public void A_template_names_a_home_page_and_one_part_of_the_roster(string text) =>
        Assert.Throws<FormatException>(() => AccountTemplate.Parse(text));

    private RosterPlan Plan(params string[] templates) =>
        RosterPlan.Of(OneRoster.Parse(files), [.. templates.Select(AccountTemplate.Parse)], Today);
}

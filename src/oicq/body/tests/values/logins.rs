//! Logins up to QQ2012, and what comes before TLVs since.

use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{login_2009, login_2013, login_classic};

#[test]
fn logins_until_2008() {
    reads! {
        login_classic::token, UP: "00" => "SubCommand=0";
        login_classic::token, DOWN: "00 02 5454" => "LoginResult=0 Ticket[2]";
        login_classic::select_server, UP: "0001 01 00000002 00*4 db8531a9" => "RedirectCount=1 RedirectTimes=1 Isp=2 ?4 PreviousServer=219.133.49.169";
        login_classic::select_server, DOWN: "0001 01 00000002 00*4 db8531a9" => "RedirectCount=1 RedirectTimes=1 Isp=2 ?4 RedirectAddress=219.133.49.169";
        login_classic::select_server, DOWN: "0000" => "RedirectCount=0";
        login_classic::captcha, UP: "01 0005 00*4" => "SubCommand=1 ?6";
        login_classic::captcha, UP: "02 0005 00*4 0004 'ABCD 0002 5454" => "SubCommand=2 ?6 CaptchaCode=ABCD CaptchaToken[2]";
        login_classic::captcha, UP: "18 54*24 03 0005 00*4 00" => "Ticket[24] SubCommand=3 ?6 CaptchaPart=0";
        login_classic::captcha, DOWN: "01 0005 00 0002 5454" => "SubCommand=1 ?2 CaptchaNeeded=0 Ticket[2]";
        login_classic::captcha, DOWN: "01 0005 01 0002 5454 0004 89504e47 00 01 0002 5555" => "SubCommand=1 ?2 CaptchaNeeded=1 Ticket[2] CaptchaPicture[4] CaptchaPart=0 CaptchaNext=1 CaptchaToken[2]";
        login_classic::captcha_request: "03 0005 00*4 01 0002 5454" => "SubCommand=3 ?6 CaptchaPart=1 CaptchaToken[2]";
        login_classic::captcha_request: "03 0005 00*4 00 0002" => "no";
        login_classic::captcha_request: "04 0005 00*4 0004 'ABCD 0002 5454" => "SubCommand=4 ?6 CaptchaCode=ABCD CaptchaToken[2]";
        login_classic::password, UP: "0040 00000804 01e0 02 5454 0004 55*4 0014 66*16 77*4 07" => "BodyLength=64 Locale=2052 TimeZone=480 Ticket[2] LoginBlob[4] Random[16] Crc=2004318071 ?1";
        login_classic::password, DOWN: "0040 00 00*4 0002 5454 0001 55 0001 56 11*16 07" => "BodyLength=64 LoginResult=0 Random[4] Ticket[2] Ticket[1] Ticket[1] NextKey[secret 16] ?1";
        login_classic::password, DOWN: "0040 01 00*4 0000 0000 0005 'wrong" => "BodyLength=64 LoginResult=1 Random[4] LoginMessage=wrong";
        login_classic::password_proof: "11*16 0000 2222" => "PasswordHash[secret 16] ?2 Random[2]";
        login_classic::login: "22*16 00*36 0a 33*16" => "LoginProof[16] ?36 LoginMode=10 ComputerId[16]";
        login_classic::login: "22*16 00*36 0a 00*16 02 5454 07" => "LoginProof[16] ?36 LoginMode=10 ?16 Ticket[2] ?1";
        login_classic::login: "22*16 00*36 0a 00*16 01 00*24 02 5454 07" => "LoginProof[16] ?36 LoginMode=10 ?16 ?25 Ticket[2] ?1";
        login_classic::token_login: "0000 0002 5454 22*16 00 c000020a 0fa0 00000c73 00*4 00000804 33*16 00 0a 00*10 0001 01 00000002 00*4 db8531a9 44*16 02 5454 0000 0001 07 000c 00 11111111 0002 5555 060708" => "?2 LoginBlob[2] LoginProof[16] ?1 LocalAddress=192.0.2.10 LocalPort=4000 ClientBuild=3187 ?4 Locale=2052 ExeHash[16] ?1 LoginMode=10 ?10 RedirectCount=1 RedirectTimes=1 Isp=2 ?4 PreviousServer=219.133.49.169 ComputerId[16] Ticket[2] ?2 ?1 ?1 Crc=286331153 ComputerId[2] ?3";
        login_classic::login_reply: "01 00bc614e cb007105 1f40" => "LoginResult=1 OwnUin=12345678 RedirectAddress=203.0.113.5 RedirectPort=8000";
        login_classic::login_reply: "0a 00bc614e 00*10 cb007105" => "LoginResult=10 OwnUin=12345678 ?10 RedirectAddress=203.0.113.5";
        login_classic::login_reply: "05 'wrong" => "LoginResult=5 LoginMessage=wrong";
        login_classic::login_reply: "00 11*16 00bc614e c000020a 0fa0 c6336407 1f40 44444444 0000 54*24 c6336408 1f41 c6336409 1f42 00*4 43*32 00*12 c0000209 44440000 07*8" => "LoginResult=0 SessionKey[secret 16] OwnUin=12345678 ClientAddress=192.0.2.10 ClientPort=4000 ServerAddress=198.51.100.7 ServerPort=8000 ServerTime=44444444 ?2 Ticket[24] ServerAddress=198.51.100.8 ServerPort=8001 ServerAddress=198.51.100.9 ServerPort=8002 ?4 ClientKey[secret 32] ?12 LastLoginAddress=192.0.2.9 LastLoginTime=44440000 ?8";
        login_classic::login_reply: "00 11*16 00bc614e c000020a 0fa0 c6336407 1f40 44444444 0000 54*24 c6336408 1f41 c6336409 1f42 00*8 43*32 00*12 c0000209 44440000" => "LoginResult=0 SessionKey[secret 16] OwnUin=12345678 ClientAddress=192.0.2.10 ClientPort=4000 ServerAddress=198.51.100.7 ServerPort=8000 ServerTime=44444444 ?2 Ticket[24] ServerAddress=198.51.100.8 ServerPort=8001 ServerAddress=198.51.100.9 ServerPort=8002 ?8 ClientKey[secret 32] ?12 LastLoginAddress=192.0.2.9 LastLoginTime=44440000";
        login_classic::password_changed: "22*16 0000 02 5454 07" => "LoginProof[16] ?2 Ticket[2] ?1";
        login_classic::logout: "11*16" => "PasswordHash[secret 16]";
    }
}

#[test]
fn logins_until_2012() {
    reads! {
        login_2009::touch, UP: "0001 00000804 01e0 00000330 00000001 00000c73 0000 00 00000000 00*4 00000000" => "?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 RedirectCount=0 RedirectTimes=0 Isp=0 ?4 PreviousServer=0.0.0.0";
        login_2009::touch, DOWN: "00 44444444 c000020a 00*8 0002 5454 00" => "LoginResult=0 ServerTime=44444444 ClientAddress=192.0.2.10 ?8 Ticket[2] RedirectCount=0";
        login_2009::touch, DOWN: "00 44444444 c000020a 00*8 0002 5454 01 01 00000002 00*4 cb007105" => "LoginResult=0 ServerTime=44444444 ClientAddress=192.0.2.10 ?8 Ticket[2] RedirectCount=1 RedirectTimes=1 Isp=2 ?4 RedirectAddress=203.0.113.5";
        login_2009::captcha, UP: "0001 00000804 01e0 00000330 00000001 00000c73 0002 5454 03 0005 00*4 00" => "?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 Ticket[2] SubCommand=3 ?6 CaptchaPart=0";
        login_2009::captcha, DOWN: "03 0005 01 00000123 0002 5454 0004 89504e47 00 01 0002 5555" => "SubCommand=3 ?2 CaptchaNeeded=1 ?4 CaptchaToken[2] CaptchaPicture[4] CaptchaPart=0 CaptchaNext=1 CaptchaToken[2]";
        login_2009::password, UP: "0040 0001 00000804 01e0 00000330 00000001 00000c73 0002 5454 0002 5555 0014 66*16 77*4 001c 00*10 0002 8888 00*9 0001 99 0a0b" => "BodyLength=64 ?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 CaptchaToken[2] LoginBlob[2] Random[16] Crc=2004318071 ?10 ComputerId[2] ?9 ComputerId[1] ?2";
        login_2009::password, DOWN: "0040 00 0001 54 00*4 44444444 0001 55 0001 56 11*16 0001 57 12*16" => "BodyLength=64 LoginResult=0 Ticket[1] ?4 ServerTime=44444444 Ticket[1] Ticket[1] NextKey[secret 16] Ticket[1] NextKey[secret 16]";
        login_2009::password, DOWN: "0040 34 00*4 0001 55 0001 56 0005 'wrong" => "BodyLength=64 LoginResult=52 ?4 Ticket[1] Ticket[1] LoginMessage=wrong";
        login_2009::password_proof: "22*4 0002 00bc614e 00000330 00000001 00000c73 0000 01 11*16 44444444 00*13 c000020a 00*8 0010 88*16 33*16" => "Random[4] ?2 OwnUin=12345678 SsoVersion=816 ServiceId=1 ClientBuild=3187 ?2 Remember=1 PasswordHash[secret 16] ServerTime=44444444 ?13 ClientAddress=192.0.2.10 ?8 ComputerId[16] NextKey[secret 16]";
        login_2009::dynamic_token, UP: "0040 07" => "BodyLength=64 ?1";
        login_2009::dynamic_token, DOWN: "0040 07" => "?3";
        login_2009::login_info, UP: "0040 0001 00000804 01e0 00000330 00000001 00000c73 0001 54 0001 55 0001 56 07" => "BodyLength=64 ?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 CaptchaToken[1] Ticket[1] Ticket[1] ?1";
        login_2009::login_info, DOWN: "0040 0001 11*16 00*12 44444444 c000020a 00*8 0001 54 12*16 0001 55 07" => "BodyLength=64 ?2 NextKey[secret 16] ?12 ServerTime=44444444 ClientAddress=192.0.2.10 ?8 Ticket[1] NextKey[secret 16] Ticket[1] ?1";
        login_2009::after_info, UP: "00*4 02 5454 07" => "?4 Ticket[2] ?1";
        login_2009::after_info, DOWN: "0708" => "?2";
        login_2009::verify, UP: "0040 0001 00000804 01e0 00000330 00000001 00000c73 0001 54 0001 55 00*4" => "BodyLength=64 ?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 CaptchaToken[1] Ticket[1] ?4";
        login_2009::verify, DOWN: "05 'Alice" => "Nickname=Alice";
        login_2009::login, UP: "0001 00000330 00000001 00000c73 00*4 44444444 c000020a 00*8 0001 54 00*35 33*16 00 0a 00*10 0001 01 00000002 00*4 db8531a9 00000804 01e0 00*16 0001 55 00*12 0001 07 08" => "?2 SsoVersion=816 ServiceId=1 ClientBuild=3187 ?4 ServerTime=44444444 ClientAddress=192.0.2.10 ?8 Ticket[1] ?35 ExeHash[16] ?1 LoginMode=10 ?10 RedirectCount=1 RedirectTimes=1 Isp=2 ?4 PreviousServer=219.133.49.169 Locale=2052 TimeZone=480 ?16 CaptchaToken[1] ?12 ?1 ?1";
        login_2009::login, DOWN: "00 11*16 00bc614e c000020a 0fa0 44444444 0a000007 00*42 0002 5454" => "LoginResult=0 SessionKey[secret 16] OwnUin=12345678 ClientAddress=192.0.2.10 ClientPort=4000 ServerTime=44444444 LocalAddress=10.0.0.7 ?42 Ticket[2]";
        login_2009::login, DOWN: "34 'wrong" => "LoginResult=52 LoginMessage=wrong";
        login_2009::folders, UP: "01 00*9 0032" => "SubCommand=1 ?9 Position=50";
        login_2009::folders, DOWN: "01 00*9 44444444 0003 0001 0002 00002711 01 08 00a8f4e1 04 0c" => "SubCommand=1 ?9 ServerTime=44444444 Pages=3 Page=1 Count=2 Friend: FriendUin=10001 EntryType=1 Folder=2 Friend: GroupId=11072737 EntryType=4 Folder=3";
    }
}

#[test]
fn logins_since_2013() {
    reads! {
        login_2013::login, UP: "0310 0004 cb007105" => "Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        login_2013::login, DOWN: "00 0310 0004 cb007105" => "LoginResult=0 Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        login_2013::captcha, UP: "0002 00000804 01e0 00000330 00000001 00000c73 00 0001 54 0102 0002 9999 14 0005 00*4 0004 'ABCD 0001 55" => "?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 ?1 Ticket[1] KeyExchangeVersion=258 PublicKey[2] SubCommand=20 ?6 CaptchaCode=ABCD CaptchaToken[1]";
        login_2013::captcha, UP: "0002 00000804 01e0 00000330 00000001 00000c73 00 0001 54 0102 0002 9999 13 0005 00*4 01 0001 55 0002 0708" => "?2 Locale=2052 TimeZone=480 SsoVersion=816 ServiceId=1 ClientBuild=3187 ?1 Ticket[1] KeyExchangeVersion=258 PublicKey[2] SubCommand=19 ?6 CaptchaPart=1 CaptchaToken[1] ?2";
        login_2013::captcha, DOWN: "13 0005 01 00000123 0001 54 0004 89504e47 01 07" => "SubCommand=19 ?2 CaptchaNeeded=1 ?4 CaptchaToken[1] CaptchaPicture[4] CaptchaNext=1 ?1";
        login_2013::captcha, DOWN: "14 0005 00 00*4 0001 54" => "SubCommand=20 ?2 CaptchaNeeded=0 ?4 CaptchaToken[1]";
        login_2013::qr_code, UP: "0310 0004 cb007105" => "Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        login_2013::qr_code, DOWN: "00 0009 0012 0000 11*16 0030 0003 0001 54 0301 0005 0003 'abc 0302 0006 0004 89504e47 0310 0004 cb007105" => "LoginResult=0 Tlv: TlvType=9 TlvLength=18 ?2 NextKey[secret 16] Tlv: TlvType=48 TlvLength=3 Ticket[1] Tlv: TlvType=769 TlvLength=5 QrText=abc Tlv: TlvType=770 TlvLength=6 CaptchaPicture[4] Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        login_2013::qr_poll, UP: "0310 0004 cb007105" => "Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        login_2013::qr_poll, DOWN: "00 0301 0005 0003 'abc 0303 0002 5454 0304 0010 11*16" => "LoginResult=0 Tlv: TlvType=769 TlvLength=5 QrText=abc Tlv: TlvType=771 TlvLength=2 Ticket[2] Tlv: TlvType=772 TlvLength=16 NextKey[secret 16]";
    }
}
